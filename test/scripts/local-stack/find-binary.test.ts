import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinary, isOlder, MONGOD, TEMPORAL } from '../../../scripts/local-stack/find-binary.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-binary-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that answers `--version` as mongod does. */
function mongodSaying(version: string, path: string): string {
  return program(path, `echo "db version v${version}"`);
}

function program(path: string, script: string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, `#!/bin/sh\n${script}\n`);
  chmodSync(full, 0o755);
  return full;
}

const environment = (more: Record<string, string> = {}) => ({
  PATH: `${join(folder, 'path-a')}:${join(folder, 'path-b')}`,
  XDG_CACHE_HOME: join(folder, 'cache'),
  ...more,
});

it('the program named by the environment wins over the PATH, and the PATH over the cache', async () => {
  const named = mongodSaying('8.0.1', 'own/mongod');
  const onPath = mongodSaying('7.0.1', 'path-b/mongod');
  const cached = mongodSaying('6.0.5', 'cache/switchboard/bin/mongod');

  expect(await findBinary(MONGOD, { env: environment({ MONGOD_BIN: named }) })).toEqual({ path: named, version: '8.0.1', from: 'MONGOD_BIN' });
  expect(await findBinary(MONGOD, { env: environment() })).toEqual({ path: onPath, version: '7.0.1', from: 'PATH' });
  rmSync(onPath);
  expect(await findBinary(MONGOD, { env: environment() })).toEqual({ path: cached, version: '6.0.5', from: 'cache' });
  rmSync(cached);
  expect(await findBinary(MONGOD, { env: environment() })).toBeUndefined();
});

it('a program that does not run here, is too old or is not there is passed over, and the reason is told', async () => {
  const absent = join(folder, 'absent/mongod');
  const broken = program('path-a/mongod', 'echo "cannot execute: required library missing" >&2; exit 126');
  const old = mongodSaying('4.4.29', 'path-b/mongod');
  const good = mongodSaying('6.0.5', 'cache/switchboard/bin/mongod');
  const skipped: string[] = [];

  const found = await findBinary(MONGOD, { env: environment({ MONGOD_BIN: absent }), onSkip: (path, why) => skipped.push(`${path} ${why}`) });

  expect(found?.path).toBe(good);
  expect(skipped).toEqual([
    `${absent} no such program`,
    `${broken} does not run here (cannot execute: required library missing)`,
    `${old} 4.4.29 is too old, 6.0.0 or newer is needed`,
  ]);
});

it("Temporal is judged by its server's version, not by its command line's", async () => {
  program('path-a/temporal', 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"');
  expect(await findBinary(TEMPORAL, { env: environment() })).toMatchObject({ version: '1.29.1', from: 'PATH' });
});

it('versions are compared by number', () => {
  expect(isOlder('1.9.0', '1.28.0')).toBe(true);
  expect(isOlder('1.28.0', '1.28.0')).toBe(false);
  expect(isOlder('2.0.0', '1.28.0')).toBe(false);
});

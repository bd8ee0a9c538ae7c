import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const root = join(__dirname, '..', '..');
const PRODUCT = ['api', 'workflows', 'activities', 'workers', 'services', 'domain', 'models', 'providers', 'platform', 'simulator', 'web'];
const EVERYTHING = [...PRODUCT, 'test', 'scripts', 'bench', 'docs', 'deploy'];

/** Files under some top folders, as paths from the root. */
function filesUnder(folders: string[], extensions: RegExp): string[] {
  const existing = new Set(readdirSync(root));
  return folders
    .filter((folder) => existing.has(folder))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && extensions.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const CODE = /\.(tsx?|mjs)$/;
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('what every source file keeps to', () => {
  test('a name says what is inside: no utils, helpers, common or misc', () => {
    const vague = filesUnder(EVERYTHING, CODE).filter((file) => file.split('/').some((part) => /^(utils?|helpers?|common|misc)(\.|$)/.test(part)));
    expect(vague).toEqual([]);
  });

  test('there are no barrel files: only workflows/index.ts collects others', () => {
    expect(filesUnder(PRODUCT, CODE).filter((file) => /^index\.tsx?$/.test(basename(file)))).toEqual(['workflows/index.ts']);
  });

  test('nothing is silenced and nothing is left for later', () => {
    const silences = /biome-ignore|eslint-disable|@ts-(ignore|nocheck|expect-error)|\b(TODO|FIXME|XXX)\b/;
    // This file and the lint test name what they look for.
    const speakOfIt = new Set(['test/architecture/sources.test.ts']);
    expect(filesUnder(EVERYTHING, CODE).filter((file) => !speakOfIt.has(file) && silences.test(read(file)))).toEqual([]);
  });

  test('nobody but the configuration and the entry of a process reads the environment', () => {
    const mayRead = /^(platform\/config(\.\w+)?\.ts|(api|workers|simulator)\/main\.ts|web\/.*\.config\.ts)$/;
    const reads = /process\s*(\.\s*env\b|\[\s*['"`]env)|from\s+['"](node:)?process['"]/;
    expect(filesUnder(PRODUCT, CODE).filter((file) => !mayRead.test(file) && reads.test(read(file)))).toEqual([]);
  });

  test('no path of one machine and no address of a package registry is written down', () => {
    const local = new RegExp(['(?<!\\w)/(?:home|Users|work)/[a-z]', 'registry\\.(?:npmjs|yarnpkg)', 'https?://(?:files\\.)?pythonhosted'].join('|'));
    const named = filesUnder(EVERYTHING, /\.(tsx?|mjs|json|md|ya?ml|sh)$/).filter(
      (file) => file !== 'test/architecture/sources.test.ts' && local.test(read(file)),
    );
    expect(named).toEqual([]);
  });
});

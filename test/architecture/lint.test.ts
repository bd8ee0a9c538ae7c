import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

/** A file, what stands in it, and the one rule it breaks. */
const PLANTED: [file: string, source: string, rule: string][] = [
  ['services/forgets.ts', "import { slow } from '#services/slow';\n\nexport function start(): void {\n  slow();\n}\n", 'noFloatingPromises'],
  ['workflows/forgets.ts', "import { slow } from '#services/slow';\n\nexport function plot(): void {\n  slow();\n}\n", 'noFloatingPromises'],
  ['workflows/hides.ts', "import { slow } from '#services/slow';\n\nexport function plot(): void {\n  void slow();\n}\n", 'noVoid'],
  ['services/prints.ts', "export const print = (): void => console.log('hello');\n", 'noConsole'],
  ['services/reads-environment.ts', 'export const home = process.env.HOME;\n', 'noProcessEnv'],
  ['services/anything.ts', 'export const anything = (value: any): unknown => value;\n', 'noExplicitAny'],
  ['services/insists.ts', 'export const first = (list: string[]): string => list[0]!;\n', 'noNonNullAssertion'],
  ['services/inline-type.ts', "import { type Slow, slow } from './slow.ts';\n\nexport const again: Slow = slow;\n", 'useImportType'],
  ['services/by-default.ts', 'export default function nameless(): void {}\n', 'noDefaultExport'],
  ['services/leftover.ts', "import { slow } from './slow.ts';\n\nexport const nothing = 1;\n", 'noUnusedImports'],
  ['services/barrel.ts', "export { slow } from './slow.ts';\n", 'noBarrelFile'],
  ['services/camelCase.ts', 'export const camel = 1;\n', 'useFilenamingConvention'],
  ['services/old-names.ts', "import { join } from 'path';\n\nexport const path = join('a', 'b');\n", 'useNodejsImportProtocol'],
  ['services/throws-text.ts', "export const fail = (): never => {\n  throw 'no';\n};\n", 'useThrowOnlyError'],
  ['test/skips.test.ts', "test.skip('later', () => {});\n", 'noSkippedTests'],
  ['test/only.test.ts', "test.only('me', () => {});\n", 'noFocusedTests'],
];

/** What the same rules leave alone. */
const ALLOWED: [file: string, source: string][] = [
  ['services/slow.ts', 'export type Slow = () => Promise<void>;\nexport const slow: Slow = async () => {\n  await Promise.resolve();\n};\n'],
  ['services/meant.ts', "import { slow } from './slow.ts';\n\nexport function start(): void {\n  void slow();\n}\n"],
  [
    'workflows/waits.ts',
    "import { slow } from '#services/slow';\n\nexport async function plot(): Promise<void> {\n  await slow();\n  slow().catch(() => undefined);\n}\n",
  ],
  ['scripts/prints.ts', "console.log(process.env.HOME ?? 'nowhere');\n"],
  ['platform/config.ts', 'export const environment = process.env;\n'],
];

interface Diagnostic {
  category: string;
  location: { path: string | { file: string } };
}

describe('the lint rules', () => {
  const tree = mkdtempSync(join(tmpdir(), 'switchboard-lint-'));
  let found: Map<string, string[]>;

  beforeAll(() => {
    for (const name of ['package.json', 'tsconfig.json', 'biome.json']) cpSync(join(root, name), join(tree, name));
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    for (const [file, source] of [...PLANTED, ...ALLOWED]) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), source);
    }
    found = lint(tree);
  }, 60_000);

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  test.each(PLANTED.map(([file, , rule]) => [rule, file]))('%s notices %s', (rule, file) => {
    expect(found.get(file)).toEqual([rule]);
  });

  test.each(ALLOWED.map(([file]) => [file]))('nothing is said of %s', (file) => {
    expect(found.get(file)).toBeUndefined();
  });
});

/** The names of the rules broken, by file. */
function lint(cwd: string): Map<string, string[]> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const output = outputOf(() =>
    execFileSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const { diagnostics } = JSON.parse(output) as { diagnostics: Diagnostic[] };
  const found = new Map<string, string[]>();
  for (const { category, location } of diagnostics) {
    const file = typeof location.path === 'string' ? location.path : location.path.file;
    found.set(file, [...(found.get(file) ?? []), category.split('/').at(-1) ?? category]);
  }
  return found;
}

/** A linter that found something exits with an error; what it printed is the answer all the same. */
function outputOf(run: () => string): string {
  try {
    return run();
  } catch (failure) {
    return (failure as { stdout: string }).stdout;
  }
}

import type { ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ALLOWED, CIRCLE_B, COMPOSE_SOURCE, PLANTED, TARGETS } from './planted-violations.ts';

const root = join(__dirname, '..', '..');
const FOLDERS = [
  'api',
  'workflows',
  'activities',
  'workers',
  'services',
  'domain',
  'models',
  'providers',
  'platform',
  'simulator',
  'web',
  'test',
  'scripts',
  'bench',
];

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

interface CruiseResult {
  summary: { violations: Violation[]; ruleSetUsed: { forbidden: { name: string }[] } };
}

describe('the arrows between the layers', () => {
  const planted = mkdtempSync(join(tmpdir(), 'switchboard-layers-'));
  let result: CruiseResult;

  beforeAll(() => {
    for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) cpSync(join(root, name), join(planted, name));
    symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'));
    for (const folder of FOLDERS) mkdirSync(join(planted, folder), { recursive: true });
    for (const file of TARGETS) write(file, 'export const target = 1;\n');
    for (const { file, source } of [...PLANTED, CIRCLE_B, ...ALLOWED, { file: 'services/compose.ts', source: COMPOSE_SOURCE }]) write(file, source);
    result = cruise(planted);
  }, 120_000);

  afterAll(() => rmSync(planted, { recursive: true, force: true }));

  function write(file: string, source: string): void {
    mkdirSync(dirname(join(planted, file)), { recursive: true });
    writeFileSync(join(planted, file), source);
  }

  test.each(PLANTED.map(({ rule, file }) => [rule, file]))('%s notices %s', (rule, file) => {
    const broken = result.summary.violations.filter(({ from }) => from === file).map((violation) => violation.rule.name);
    expect(broken).toContain(rule);
  });

  test('every rule has a planted violation', () => {
    const rules = result.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect([...new Set(PLANTED.map(({ rule }) => rule))].sort()).toEqual(rules.sort());
  });

  test('nothing that the arrows allow is reported', () => {
    const innocent = new Set([...ALLOWED.map(({ file }) => file), ...TARGETS]);
    expect(result.summary.violations.filter(({ from }) => innocent.has(from)).map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });
});

/** dependency-cruiser's exit code is the number of violations, so its output is read whatever that is. */
function cruise(cwd: string): CruiseResult {
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options: ExecFileSyncOptionsWithStringEncoding = { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] };
  try {
    return JSON.parse(
      execFileSync(process.execPath, [command, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...FOLDERS], options),
    ) as CruiseResult;
  } catch (failure) {
    const { stdout, stderr } = failure as { stdout: string; stderr: string };
    if (!stdout.startsWith('{')) throw new Error(stderr);
    return JSON.parse(stdout) as CruiseResult;
  }
}

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..');

interface Verdict {
  code: number;
  output: string;
}

async function checkBundle(...args: string[]): Promise<Verdict> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/check-bundle.ts', ...args], { cwd: root });
    return { code: 0, output: stdout };
  } catch (failure) {
    const { code, stdout, stderr } = failure as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

/** A tree with one workflow that imports `imports`, and the modules it may want. */
function aTree(imports: string): string {
  const tree = mkdtempSync(join(tmpdir(), 'switchboard-bundle-'));
  const write = (file: string, source: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), source);
  };
  cpSync(join(root, 'package.json'), join(tree, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  write('workflows/index.ts', "export { plot } from './plot.workflow.ts';\n");
  write('workflows/plot.workflow.ts', `${imports}\nexport async function plot(): Promise<void> {}\n`);
  write('activities/reply.ts', 'export const reply = async (): Promise<string> => "hello";\n');
  write('services/answer.ts', 'export const answer = "hello";\n');
  write('platform/clock.ts', 'export const clock = 1;\n');
  write('domain/parsed.ts', "import { z } from 'zod';\nexport const Parsed = z.string();\n");
  write('domain/plain.ts', 'export const plain = 1;\n');
  return tree;
}

describe('what a workflow carries into its sandbox', () => {
  const trees: string[] = [];
  const treeWith = (imports: string): string => {
    const tree = aTree(imports);
    trees.push(tree);
    return tree;
  };

  afterAll(() => {
    for (const tree of trees) rmSync(tree, { recursive: true, force: true });
  });

  test('our own workflows carry no I/O and no zod', async () => {
    const { code, output } = await checkBundle();
    expect(output).toMatch(/MB of code, \d+ files of ours/);
    expect(code).toBe(0);
  }, 120_000);

  test('an activity, a service or the platform imported by value is named', async () => {
    const tree = treeWith(
      "export { reply } from '#activities/reply';\nexport { answer } from '#services/answer';\nexport { clock } from '../platform/clock.ts';",
    );
    const { code, output } = await checkBundle('--tree', tree);
    expect(code).toBe(1);
    expect(output).toContain('activities/reply.ts is in the workflow bundle');
    expect(output).toContain('services/answer.ts is in the workflow bundle');
    expect(output).toContain('platform/clock.ts is in the workflow bundle');
  }, 120_000);

  test('zod is noticed behind a domain file', async () => {
    const { code, output } = await checkBundle('--tree', treeWith("export { Parsed } from '#domain/parsed';"));
    expect(code).toBe(1);
    expect(output).toContain('zod is in the workflow bundle');
  }, 120_000);

  test('types of activities and values of domain are welcome', async () => {
    const { code, output } = await checkBundle(
      '--tree',
      treeWith("import type * as activities from '#activities/reply';\nexport type Activities = typeof activities;\nexport { plain } from '#domain/plain';"),
    );
    expect(output).toMatch(/3 files of ours/);
    expect(code).toBe(0);
  }, 120_000);
});

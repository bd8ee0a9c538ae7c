import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorkflows, describeBundle, modulesOf, unwantedModules } from './workflow-bundle.ts';

/**
 * Fails when the workflow bundle contains what must not run in a workflow. Bundles the sources of `--tree` (this one by
 * default), or looks into a bundle that was built before: `--file dist/workflow-bundle.js`.
 */
const { values } = parseArgs({ options: { tree: { type: 'string', default: resolve(import.meta.dirname, '..') }, file: { type: 'string' } } });

async function main(): Promise<number> {
  if (!values.file && !existsSync(resolve(values.tree, 'workflows/index.ts'))) {
    console.log('There is no workflows/index.ts to bundle.');
    return 1;
  }
  const bundle = values.file ? readFileSync(values.file, 'utf8') : await bundleWorkflows(resolve(values.tree));
  const unwanted = unwantedModules(modulesOf(bundle));
  for (const module of unwanted) console.log(`${module} is in the workflow bundle; name it with \`import type\`, or move what the workflow needs to domain/.`);
  console.log(describeBundle(bundle));
  return unwanted.length > 0 ? 1 : 0;
}

process.exitCode = await main();

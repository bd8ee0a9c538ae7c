import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorkflows, describeBundle } from './workflow-bundle.ts';

/** Writes the bundle that workers load: `npm run build:workflows -- --out dist/workflow-bundle.js`. */
const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist/workflow-bundle.js' } } });
const out = resolve(root, values.out);

const bundle = await bundleWorkflows(root);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, bundle);
console.log(`Workflow bundle: ${describeBundle(bundle)}`);

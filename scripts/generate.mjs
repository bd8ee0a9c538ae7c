import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';
import { firstDifference } from './first-difference.mjs';

/**
 * `npm run generate` writes the files that are made from source; with `-- --check` it writes nothing and fails when one
 * of them is not what it would write.
 */
const root = join(import.meta.dirname, '..');
const GENERATORS = ['./generate-env-example.ts', './generate-config-docs.ts', './generate-error-docs.ts', './generate-openapi.ts'];
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

register();
let stale = 0;
for (const generator of GENERATORS) {
  const { file, generate } = await import(generator);
  const wanted = await generate();
  if (wanted === undefined) continue;
  const path = join(root, file);
  const found = read(path);
  if (found === wanted) {
    console.log(`${file} is up to date`);
  } else if (values.check) {
    stale += 1;
    console.log(`${file} differs from its source (npm run generate writes it):\n${firstDifference(found, wanted)}`);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wanted);
    console.log(`${file} written`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

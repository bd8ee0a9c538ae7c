import { readFileSync } from 'node:fs';
import { modulesOf, unwantedModules } from '../../scripts/workflow-bundle.ts';
import type { Measure } from './measure.ts';

const MB = 1_000_000;

/** What every workflow context loads: its code, without the source map that only errors need. */
export const measureBundle: Measure = async ({ world }) => {
  const bundle = readFileSync(world.bundlePath, 'utf8');
  const code = Buffer.byteLength(bundle.slice(0, bundle.lastIndexOf('//# sourceMappingURL=')));
  const modules = modulesOf(bundle);
  const ours = modules.filter((module) => /^(workflows|domain|platform)\/.*\.ts$/.test(module));
  const heaviest = modules.some((module) => module.includes('node_modules/@temporalio/'))
    ? "Temporal's own workflow library and its protocol"
    : 'our own files';
  return [
    {
      id: 'bundle',
      name: 'workflow bundle, without its source map',
      unit: 'MB',
      value: code / MB,
      bottleneck: `${heaviest}; ${ours.length} of ${modules.length} modules are ours`,
      details: { withSourceMapMb: Buffer.byteLength(bundle) / MB, unwanted: unwantedModules(modules) },
    },
  ];
};

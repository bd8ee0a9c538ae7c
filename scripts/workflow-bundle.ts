import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const FAILURE_CONVERTER = 'platform/temporal/failure-converter.ts';

/** What must never run inside a workflow: the layers with I/O, and zod, which quadruples the memory of a cached conversation. */
const UNWANTED = [/^(api|activities|workers|services|models|providers|simulator|web|test|scripts|bench)\//, /^platform\//, /(^|\/)node_modules\/zod\//];
const WANTED_ALL_THE_SAME = new Set([FAILURE_CONVERTER]);

/**
 * Bundles `workflows/index.ts` of a tree for the worker, failure converter included, with paths relative to the tree
 * so that the same sources give the same bundle everywhere.
 * @throws Error when webpack cannot, or when a workflow imports a Node module.
 */
export async function bundleWorkflows(root: string): Promise<string> {
  const failureConverterPath = join(root, FAILURE_CONVERTER);
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    ...(existsSync(failureConverterPath) ? { failureConverterPath } : {}),
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({
      ...config,
      context: root,
      output: {
        ...config.output,
        devtoolModuleFilenameTemplate: ({ absoluteResourcePath }: { absoluteResourcePath: string }) =>
          isAbsolute(absoluteResourcePath) ? relative(root, absoluteResourcePath) : absoluteResourcePath,
      },
    }),
  });
  return code;
}

/**
 * The files a bundle was made of, relative to its tree.
 * @throws Error when the bundle carries no source map, as then nothing can be said of it.
 */
export function modulesOf(bundle: string): string[] {
  const encoded = /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,([A-Za-z0-9+/=]+)\s*$/.exec(bundle)?.[1];
  if (!encoded) throw new Error('The workflow bundle has no source map.');
  const { sources } = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as { sources: string[] };
  return sources;
}

/** Files of ours by path, libraries once by name. */
export function unwantedModules(modules: readonly string[]): string[] {
  const unwanted = modules.filter((module) => !WANTED_ALL_THE_SAME.has(module) && UNWANTED.some((pattern) => pattern.test(module)));
  return [...new Set(unwanted.map((module) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? module))];
}

/** "0.42 MB of code, 61 of our files" */
export function describeBundle(bundle: string): string {
  const map = bundle.lastIndexOf('//# sourceMappingURL=');
  const ours = modulesOf(bundle).filter((module) => /^(workflows|domain|platform)\/.*\.ts$/.test(module));
  return `${(Buffer.byteLength(bundle.slice(0, map)) / 1_000_000).toFixed(2)} MB of code, ${ours.length} files of ours`;
}

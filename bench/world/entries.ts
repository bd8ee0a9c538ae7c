import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/local-stack/paths.mjs';

export interface Entries {
  api: string;
  worker: string;
  /** For the report: which code was measured. */
  describe: string;
}

const LAYERS = ['api', 'workflows', 'activities', 'workers', 'services', 'domain', 'models', 'providers', 'platform'];
const BUILT = { api: 'dist/api/main.js', worker: 'dist/workers/main.js' };
const SOURCES = { api: 'api/main.ts', worker: 'workers/main.ts' };

/** What is shipped, when it was built after the last change of the sources; the sources through tsx otherwise. */
export function chooseEntries(root = projectRoot): Entries {
  const builtAtMs = Math.min(...Object.values(BUILT).map((path) => changedAtMs(join(root, path))));
  if (builtAtMs === 0) return { ...SOURCES, describe: 'the sources through tsx (npm run build makes dist/)' };
  const newest = Math.max(...LAYERS.map((layer) => newestUnder(join(root, layer))));
  if (newest > builtAtMs) return { ...SOURCES, describe: 'the sources through tsx (dist/ is older than they are)' };
  return { ...BUILT, describe: `dist/, built ${new Date(builtAtMs).toISOString()}` };
}

const changedAtMs = (path: string): number => (existsSync(path) ? statSync(path).mtimeMs : 0);

function newestUnder(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newestUnder(path) : changedAtMs(path);
  });
  return Math.max(0, ...times);
}

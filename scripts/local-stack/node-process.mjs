import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, untilHealthy } from './child.mjs';
import { projectRoot } from './paths.mjs';

/**
 * Starts one of our own entry files as a process of its own. TypeScript runs through tsx inside that very process, so
 * the pid is the program's own and a signal reaches it.
 * @param {{ name: string, label?: string, entry: string, env: NodeJS.ProcessEnv, logPath: string, healthUrl?: string,
 *   guard?: import('./guard.mjs').Guard, deadlineMs?: number, fix?: string, nodeArgs?: string[], stop?: AbortSignal }} options
 *   `entry` is relative to the project; without `healthUrl` a started process counts as healthy
 */
export async function startNodeProcess({ name, label, entry, env, logPath, healthUrl, guard, deadlineMs = 60_000, fix, nodeArgs = [], stop }) {
  const child = startChild({
    name,
    command: process.execPath,
    args: [...nodeArgs, ...loaderFor(entry), entry],
    cwd: projectRoot,
    env: { ...env, SWITCHBOARD_PARENT_PID: String(process.pid) },
    logPath,
    guard,
  });
  if (!healthUrl) return child;
  try {
    await untilHealthy(child, (signal) => answersOk(healthUrl, signal), {
      stage: label ?? name,
      fix: fix ?? 'Read the log named below; npm run doctor checks the settings.',
      deadlineMs,
      stop,
    });
  } catch (error) {
    await child.stop({ graceMs: 2000 });
    throw error;
  }
  return child;
}

/** @param {string} entry */
function loaderFor(entry) {
  if (!entry.endsWith('.ts')) return [];
  const tsx = join(projectRoot, 'node_modules/tsx/dist/loader.mjs');
  return existsSync(tsx) ? ['--import', `file://${tsx}`] : ['--import', 'tsx'];
}

/** @param {string} url @param {AbortSignal} [signal] */
export async function answersOk(url, signal = AbortSignal.timeout(2000)) {
  const response = await fetch(url, { signal, redirect: 'manual' });
  await response.body?.cancel();
  return response.ok;
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';

/**
 * One guardian process per owner of children: it ends them when the owner is killed.
 * A guardian that dies is replaced with the same list.
 */
export function startGuard() {
  const guarded = new Set();
  let closed = false;
  let guardian = launch();

  function launch() {
    // Detached: Ctrl+C and a kill of the terminal's process group must not reach it.
    const child = spawn(process.execPath, [join(projectRoot, 'scripts/local-stack/guardian.mjs')], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      cwd: '/',
    });
    child.unref();
    /** @type {import('node:net').Socket} */ (child.stdin).unref();
    child.stdin.on('error', () => {});
    child.once('exit', () => {
      if (!closed) guardian = launch();
    });
    for (const pid of guarded) child.stdin.write(`guard ${pid}\n`);
    return child;
  }

  return {
    pid: () => guardian.pid,
    /** @param {number} pid */
    watch(pid) {
      guarded.add(pid);
      guardian.stdin.write(`guard ${pid}\n`);
    },
    /** @param {number} pid */
    release(pid) {
      guarded.delete(pid);
      guardian.stdin.write(`release ${pid}\n`);
    },
    /** Whatever is still guarded is ended by the guardian. */
    close() {
      closed = true;
      guardian.stdin.end();
    },
  };
}

/** @typedef {ReturnType<typeof startGuard>} Guard */

import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/**
 * Runs a command to its end, its output going to `logPath` (when given) and to the result.
 * Never throws for an exit code: a program that is absent answers code 127, one that outlives its time 124.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, logPath?: string, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runCommand(command, args, { cwd, env = process.env, logPath, timeoutMs = 60_000 } = {}) {
  return new Promise((resolve) => {
    const log = logPath ? createWriteStream(logPath, { flags: 'a' }) : undefined;
    log?.write(`$ ${[command, ...args].join(' ')}\n`);
    let output = '';
    const finish = (code) => {
      clearTimeout(deadline);
      if (log) log.end(() => resolve({ code, output }));
      else resolve({ code, output });
    };
    // Its own process group, so that a time-out also ends whatever the command started.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const deadline = setTimeout(() => {
      output += `\n${command} did not finish within ${timeoutMs / 1000} s\n`;
      killGroup(child.pid);
      finish(124);
    }, timeoutMs);
    const collect = (chunk) => {
      output = (output + chunk).slice(-64_000);
      log?.write(chunk);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => {
      output += `${error.message}\n`;
      log?.write(`${error.message}\n`);
      finish(127);
    });
    child.once('close', (code, signal) => finish(code ?? (signal ? 128 : 1)));
    const forward = () => killGroup(child.pid);
    process.once('exit', forward);
    child.once('close', () => process.off('exit', forward));
  });
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

import { readFileSync } from 'node:fs';

/** A stage that could not be completed, with what a person needs to go on: the last log lines, one likely fix, where the whole log is. */
export class StageFailure extends Error {
  /** @param {{ stage: string, reason: string, fix: string, logPath?: string, logLines?: string[] }} details */
  constructor({ stage, reason, fix, logPath, logLines }) {
    super(`${stage}: ${reason}`);
    this.name = 'StageFailure';
    this.stage = stage;
    this.reason = reason;
    this.fix = fix;
    this.logPath = logPath;
    this.logLines = logLines ?? (logPath ? lastLines(logPath) : []);
  }
}

/** @param {string} path @returns {string[]} at most `count` lines, without stack frames; none when the file does not exist */
export function lastLines(path, count = 10) {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
      .slice(-count);
  } catch {
    return [];
  }
}

/** The one form in which every script of this folder says that it failed. @param {unknown} error @returns {string} */
export function describeFailure(error) {
  if (!(error instanceof StageFailure)) return `FAILED  ${error instanceof Error ? error.stack : String(error)}`;
  return [
    `FAILED  ${error.stage}: ${error.reason}`,
    ...error.logLines.map((line) => `  | ${line.slice(0, 300)}`),
    `  Fix   ${error.fix}`,
    ...(error.logPath ? [`  Log   ${error.logPath}`] : []),
  ].join('\n');
}

import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { pino } from 'pino';
import { maskData, maskText } from './mask.ts';

export type Logger = PinoLogger;

export interface LoggerOptions {
  level: string;
  /** Which process writes: api, worker, script. */
  process: string;
}

const BOOKKEEPING = new Set(['level', 'time', 'pid', 'hostname', 'process']);

/**
 * Structured lines on standard output (or `destination`). The last thing that happens to a line is the mask, so that
 * nothing (message, error, stack, child binding) can go round it.
 */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  return pino(
    {
      level: options.level,
      base: { process: options.process },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: ['req.headers', 'res.headers', 'headers', 'config.headers', '*.headers', 'err.config', 'err.request', 'err.response'], remove: true },
      hooks: { streamWrite: maskLine },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

/** One line of JSON in, the same line masked out. A line that is no JSON is masked as text. */
export function maskLine(line: string): string {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return `${maskText(line.trimEnd())}\n`;
  }
  const bookkeeping = Object.fromEntries(Object.entries(fields).filter(([name]) => BOOKKEEPING.has(name)));
  const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !BOOKKEEPING.has(name)));
  return `${JSON.stringify({ ...bookkeeping, ...(maskData(rest) as object) })}\n`;
}

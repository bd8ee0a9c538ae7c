import type { Report } from '../../scripts/local-stack/report.mjs';

/** A report that remembers instead of printing. */
export function recordingReport(): Report & { lines: string[] } {
  const lines: string[] = [];
  const stage = (name: string) => ({
    done: (detail = '') => void lines.push(`${name} done: ${detail}`),
    passed: (detail = '') => void lines.push(`${name} passed: ${detail}`),
    failed: (detail = '') => void lines.push(`${name} failed: ${detail}`),
  });
  const say = (text: string) => void lines.push(text);
  return { lines, isRich: false, line: say, warn: say, elapsed: () => '0 s', restartClock: () => undefined, stage, close: () => undefined };
}

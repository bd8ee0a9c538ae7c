import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Figure } from '../figure.ts';
import { isMet } from '../figure.ts';
import type { Sizes } from '../sizes.ts';

export interface Result {
  suite: 'messaging';
  at: string;
  isQuick: boolean;
  measures: string;
  sizes: Sizes;
  machine: ReturnType<typeof describeMachine>;
  figures: (Figure & { met?: boolean })[];
  /** Groups that could not be measured, and why. */
  troubles: { group: string; trouble: string }[];
}

export const RESULTS = join(import.meta.dirname, '..', 'results');

export function describeMachine() {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    /** Above the number of cores, something else was running. */
    loadBefore: loadavg()[0] ?? 0,
  };
}

export const withVerdicts = (figures: readonly Figure[]): Result['figures'] => figures.map((figure) => ({ ...figure, met: isMet(figure) }));

/** Writes bench/results/<suite>-<time>.json, and `alsoTo` when given; again over the same file as more becomes known. Returns the path of the first. */
export function writeResult(result: Result, alsoTo?: string): string {
  const path = join(RESULTS, `${result.suite}-${result.at.replace(/[:.]/g, '-')}.json`);
  for (const target of alsoTo ? [path, alsoTo] : [path]) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
  }
  return path;
}

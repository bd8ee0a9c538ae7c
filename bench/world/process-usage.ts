import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Processes by the name people know them under; the id is asked for each time, as a process may have been started again. */
export type ProcessList = Readonly<Record<string, () => number>>;

/** CPU seconds since a process began, by name. */
export type CpuSeconds = Readonly<Record<string, number>>;

/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;
const KB_PER_MB = 1_024;

/** User and system time of all threads; empty where there is no /proc. */
export function cpuSeconds(processes: ProcessList): CpuSeconds {
  return Object.fromEntries(Object.entries(processes).flatMap(([name, pid]) => entryOf(name, () => cpuSecondsOf(pid()))));
}

function cpuSecondsOf(pid: number): number {
  // The name in parentheses may itself hold spaces; the fields after it are fixed.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory in megabytes. NaN where there is no /proc. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / KB_PER_MB;
  } catch {
    return Number.NaN;
  }
}

export interface CpuUse {
  /** Cores' worth, by process, most first. */
  cores: [name: string, cores: number][];
  /** All of them together, out of all cores of this machine; 0 to 1. */
  share: number;
}

export function cpuUse(before: CpuSeconds, after: CpuSeconds, elapsedMs: number): CpuUse {
  const cores = Object.entries(after)
    .map(([name, seconds]): [string, number] => [name, (seconds - (before[name] ?? seconds)) / (elapsedMs / 1_000)])
    .sort((a, b) => b[1] - a[1]);
  return { cores, share: cores.reduce((sum, [, used]) => sum + used, 0) / cpus().length };
}

/** "Temporal 0.71 cores, worker 0.52, api 0.20 (93 % of 2 cores)" */
export function describeCpu({ cores, share }: CpuUse): string {
  const most = cores.slice(0, 3).map(([name, used], n) => `${name} ${used.toFixed(2)}${n === 0 ? ' cores' : ''}`);
  return cores.length === 0 ? 'not known here' : `${most.join(', ')} (${Math.round(share * 100)} % of ${cpus().length} cores)`;
}

function entryOf(name: string, read: () => number): [string, number][] {
  try {
    return [[name, read()]];
  } catch {
    return [];
  }
}

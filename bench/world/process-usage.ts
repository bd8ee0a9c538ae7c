import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Processes by the name people know them under; the id is asked for each time, as a process may have been started again. */
export type ProcessList = Readonly<Record<string, () => number>>;

/** CPU seconds spent so far. */
export interface CpuSeconds {
  /** Since each process began, by name. */
  byProcess: Readonly<Record<string, number>>;
  /** By everything on this machine, since it began. */
  machine: number;
}

/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;
const KB_PER_MB = 1_024;

/** User and system time of all threads; empty where there is no /proc. */
export function cpuSeconds(processes: ProcessList): CpuSeconds {
  const byProcess = Object.fromEntries(Object.entries(processes).flatMap(([name, pid]) => entryOf(name, () => cpuSecondsOf(pid()))));
  const machineMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { byProcess, machine: machineMs / 1_000 };
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
  /** Everything on this machine: far above `share`, somebody else was at work and the figure says little. */
  machineShare: number;
}

export function cpuUse(before: CpuSeconds, after: CpuSeconds, elapsedMs: number): CpuUse {
  const seconds = elapsedMs / 1_000;
  const cores = Object.entries(after.byProcess)
    .map(([name, spent]): [string, number] => [name, (spent - (before.byProcess[name] ?? spent)) / seconds])
    .sort((a, b) => b[1] - a[1]);
  const all = cpus().length;
  return { cores, share: cores.reduce((sum, [, used]) => sum + used, 0) / all, machineShare: (after.machine - before.machine) / seconds / all };
}

/** From here on the others on this machine are worth a word. */
const OTHERS_MATTER = 0.1;

/** "Temporal 0.71 cores, worker 0.52, api 0.20 (93 % of 2 cores)", and what others took, if that was much. */
export function describeCpu({ cores, share, machineShare }: CpuUse): string {
  if (cores.length === 0) return 'not known here';
  const most = cores.slice(0, 3).map(([name, used], n) => `${name} ${used.toFixed(2)}${n === 0 ? ' cores' : ''}`);
  const others = machineShare - share;
  const disturbed = others > OTHERS_MATTER ? `; OTHERS ON THIS MACHINE ${Math.round(others * 100)} %` : '';
  return `${most.join(', ')} (${Math.round(share * 100)} % of ${cpus().length} cores${disturbed})`;
}

function entryOf(name: string, read: () => number): [string, number][] {
  try {
    return [[name, read()]];
  } catch {
    return [];
  }
}

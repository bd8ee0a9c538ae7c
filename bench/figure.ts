import type { PairedRatio } from './statistics.ts';

export type Unit = 'ms' | 's' | 'messages/s' | 'events' | 'actions' | 'KB' | 'MB' | '%' | 'users';

/** What the figure is held against: itself, or its ratio to the floor. */
export type Goal = { of: 'value' | 'ratio' } & ({ atMost: number } | { below: number } | { atLeast: number } | { above: number });

/** One line of the table. */
export interface Figure {
  /** Stable, for comparing runs: "ack.p95.100". */
  id: string;
  name: string;
  unit: Unit;
  value: number;
  floor?: number;
  ratio?: number;
  goal?: Goal;
  /** Where the time (or the memory, the events) goes. */
  bottleneck: string;
  /** What was counted, and how far the repeats were apart; for the JSON. */
  details?: Record<string, unknown>;
}

/** undefined: there is no goal. Something that could not be measured (NaN) does not meet one. */
export function isMet({ value, ratio, goal }: Pick<Figure, 'value' | 'ratio' | 'goal'>): boolean | undefined {
  if (!goal) return undefined;
  const measured = goal.of === 'value' ? value : (ratio ?? Number.NaN);
  if ('atMost' in goal) return measured <= goal.atMost;
  if ('below' in goal) return measured < goal.below;
  if ('above' in goal) return measured > goal.above;
  return measured >= goal.atLeast;
}

/** A figure whose value and floor were measured in pairs. */
export function pairedFigure(facts: Omit<Figure, 'value' | 'floor' | 'ratio'>, { product, floor, ratio, lowest, highest }: PairedRatio): Figure {
  return { ...facts, value: product, floor, ratio, details: { ...facts.details, ratioOfRepeats: { lowest, highest } } };
}

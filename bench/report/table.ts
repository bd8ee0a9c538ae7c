import type { Figure, Goal } from '../figure.ts';
import { isMet } from '../figure.ts';

const HEAD = ['figure', 'value', 'floor', 'ratio', 'goal', 'met'] as const;

/** A table for the terminal; each figure's bottleneck stands under it. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    withUnit(figure.value, figure.unit),
    figure.floor === undefined ? '' : withUnit(figure.floor, figure.unit),
    figure.ratio === undefined ? '' : rounded(figure.ratio),
    figure.goal ? describeGoal(figure.goal, figure.unit) : '',
    met(figure),
  ]);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [
    line(HEAD),
    widths.map((width) => '─'.repeat(width)).join('──'),
    ...rows.flatMap((row, n) => [line(row), `  └ ${figures[n]?.bottleneck ?? ''}`]),
  ].join('\n');
}

function met(figure: Figure): string {
  const verdict = isMet(figure);
  if (verdict === undefined) return '';
  return verdict ? 'yes' : 'NO';
}

export function describeGoal(goal: Goal, unit: Figure['unit']): string {
  const show = (value: number) => (goal.of === 'ratio' ? `${value} ×` : withUnit(value, unit));
  if ('atMost' in goal) return `≤ ${show(goal.atMost)}`;
  if ('below' in goal) return `< ${show(goal.below)}`;
  if ('above' in goal) return `> ${show(goal.above)}`;
  return `≥ ${show(goal.atLeast)}`;
}

const withUnit = (value: number, unit: Figure['unit']): string => (unit === '%' ? `${rounded(value)} %` : `${rounded(value)} ${unit}`);

/** Three figures that mean something; whole numbers stay whole. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  if (Number.isInteger(value)) return String(value);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

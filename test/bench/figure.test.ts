import { isMet } from '../../bench/figure.ts';
import { renderTable, rounded } from '../../bench/report/table.ts';

describe('whether a goal is met', () => {
  it('a goal of the ratio looks at the ratio, however large the value', () => {
    expect(isMet({ value: 900, ratio: 1.9, goal: { of: 'ratio', atMost: 2 } })).toBe(true);
    expect(isMet({ value: 1, ratio: 2.1, goal: { of: 'ratio', atMost: 2 } })).toBe(false);
  });

  it('"below" and "above" leave the limit itself out, "at most" and "at least" do not', () => {
    expect(isMet({ value: 200, goal: { of: 'value', below: 200 } })).toBe(false);
    expect(isMet({ value: 200, goal: { of: 'value', atMost: 200 } })).toBe(true);
    expect(isMet({ value: 99, goal: { of: 'value', above: 99 } })).toBe(false);
    expect(isMet({ value: 100, goal: { of: 'value', atLeast: 100 } })).toBe(true);
  });

  it('what could not be measured does not meet its goal', () => {
    expect(isMet({ value: Number.NaN, goal: { of: 'value', below: 200 } })).toBe(false);
    expect(isMet({ value: 5, goal: { of: 'ratio', atMost: 2 } })).toBe(false);
  });

  it('without a goal there is no verdict', () => {
    expect(isMet({ value: 5 })).toBeUndefined();
  });
});

it('the table shows a missed goal, and under each figure where the time goes', () => {
  const table = renderTable([
    { id: 'ack', name: 'ack p50', unit: 'ms', value: 9.87, floor: 4.1, ratio: 2.41, goal: { of: 'ratio', atMost: 2 }, bottleneck: 'Temporal 0.6 cores' },
    { id: 'size', name: 'bundle', unit: 'MB', value: 0.58, bottleneck: 'a library' },
  ]);
  expect(table).toMatch(/ack p50\s+9\.87 ms\s+4\.10 ms\s+2\.41\s+≤ 2 ×\s+NO\n {2}└ Temporal 0\.6 cores/);
  expect(table).toMatch(/bundle\s+0\.58 MB\s*\n {2}└ a library/);
});

it('numbers have three figures that mean something', () => {
  expect([rounded(0.583_4), rounded(12.345), rounded(1_234.56), rounded(16), rounded(Number.NaN)]).toEqual(['0.58', '12.3', '1235', '16', 'not measured']);
});

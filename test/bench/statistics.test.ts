import { mean, median, pairedRatio, percentile, plausibleFailureShare } from '../../bench/statistics.ts';

describe('percentiles', () => {
  it('a percentile is a value that was measured, whatever the order', () => {
    expect(percentile([30, 10, 20, 40], 0.5)).toBe(20);
    expect(percentile([30, 10, 20, 40], 0.95)).toBe(40);
    expect(percentile([7], 0.95)).toBe(7);
  });

  it('one slow answer in a hundred does not move the p95, six do', () => {
    const fast = Array.from({ length: 100 }, () => 5);
    expect(percentile([...fast.slice(1), 900], 0.95)).toBe(5);
    expect(percentile([...fast.slice(6), 900, 900, 900, 900, 900, 900], 0.95)).toBe(900);
  });

  it('of nothing there is no percentile, no median and no mean', () => {
    expect([percentile([], 0.5), median([]), mean([])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

it('the median of an even number lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});

it('ratios are taken within each pair, so a slow moment that hit both does not count', () => {
  const calm = { product: 10, floor: 5 };
  const slowMoment = { product: 1_000, floor: 500 };
  expect(pairedRatio([calm, slowMoment, { product: 12, floor: 4 }])).toEqual({ product: 12, floor: 5, ratio: 2, lowest: 2, highest: 3 });
});

describe('what a count of failures says about the rate', () => {
  it('no failure in ten thousand is not "never"', () => {
    expect(plausibleFailureShare(0, 10_000)).toBeCloseTo(0.0003);
  });

  it('it is above what was seen, and never above everything', () => {
    expect(plausibleFailureShare(10, 1_000)).toBeGreaterThan(0.01);
    expect(plausibleFailureShare(2, 2)).toBe(1);
    expect(plausibleFailureShare(0, 0)).toBe(1);
  });
});

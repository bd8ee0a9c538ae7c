/** The smallest value with at least `share` of all values at or below it (nearest rank). NaN of nothing. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(Math.max(Math.ceil(share * sorted.length), 1), sorted.length);
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

export const mean = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length);

/** One repeat: both were measured one right after the other, so that whatever else the machine did hit both. */
export interface Pair {
  product: number;
  floor: number;
}

export interface PairedRatio {
  product: number;
  floor: number;
  /** The median of the ratios, not the ratio of the medians. */
  ratio: number;
  lowest: number;
  highest: number;
}

export function pairedRatio(pairs: readonly Pair[]): PairedRatio {
  const ratios = pairs.map(({ product, floor }) => product / floor);
  return {
    product: median(pairs.map(({ product }) => product)),
    floor: median(pairs.map(({ floor }) => floor)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}

/** The highest share of failures that is still plausible (95 %) after this many tries: "none in N" is not "never". */
export function plausibleFailureShare(failures: number, tries: number): number {
  if (tries === 0) return 1;
  if (failures === 0) return Math.min(3 / tries, 1);
  const share = failures / tries;
  return Math.min(share + 1.96 * Math.sqrt((share * (1 - share)) / tries) + 1 / (2 * tries), 1);
}

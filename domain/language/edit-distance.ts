/** Whether two words differ by a typing slip: one for words of 4 to 6 letters, two from 7 on; the first letter is right. */
export function isTypingSlip(typed: string, meant: string): boolean {
  if (typed === meant) return true;
  const allowed = meant.length < 4 ? 0 : meant.length < 7 ? 1 : 2;
  if (allowed === 0 || typed[0] !== meant[0] || Math.abs(typed.length - meant.length) > allowed || typed.length > 30) return false;
  return editDistance(typed, meant) <= allowed;
}

/** Letters to insert, drop, replace or swap with a neighbour. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, isSwap ? at(beforeLast, j - 2) + 1 : Infinity));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;

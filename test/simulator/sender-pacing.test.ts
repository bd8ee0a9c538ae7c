import { createSenderPacing } from '../../simulator/sender-pacing.ts';

describe("a sender's rate", () => {
  it('lets traffic at exactly the rate pass for ever, and no more than a quarter above it at once', () => {
    let nowMs = 0;
    const pacing = createSenderPacing(() => nowMs);
    const atOnce = Array.from({ length: 120 }, () => pacing.take('a', 80)).filter(Boolean).length;
    expect(atOnce).toBe(100);
    for (let n = 0; n < 400; n += 1) {
      nowMs += 12.5;
      expect(pacing.take('a', 80)).toBe(true);
    }
    expect(pacing.take('a', 80)).toBe(false);
    expect(pacing.take('b', 80)).toBe(true);
  });

  it('tells those who queue when their turn is', () => {
    const pacing = createSenderPacing(() => 0);
    expect(Array.from({ length: 4 }, () => pacing.reserve('a', 1))).toEqual([0, 750, 1_750, 2_750]);
  });
});

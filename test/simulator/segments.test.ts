import { countSegments, segmentsOn } from '../../simulator/segments.ts';

describe('how many parts an SMS takes', () => {
  it.each([
    ['nothing', '', 1],
    ['160 plain characters', 'a'.repeat(160), 1],
    ['161 plain characters', 'a'.repeat(161), 2],
    ['306 plain characters', 'a'.repeat(306), 2],
    ['307 plain characters', 'a'.repeat(307), 3],
    ['euro signs, which take two places', '€'.repeat(80), 1],
    ['81 euro signs', '€'.repeat(81), 2],
    ['70 characters with one typographic quote', `“${'a'.repeat(69)}`, 1],
    ['71 characters with one typographic quote', `“${'a'.repeat(70)}`, 2],
    ['an emoji, which takes two places', `👍${'a'.repeat(69)}`, 2],
  ])('%s', (_what, text, parts) => {
    expect(countSegments(text)).toBe(parts);
  });

  it('WhatsApp has no parts', () => {
    expect(segmentsOn('whatsapp:+31612345678', 'a'.repeat(1_600))).toBe(1);
  });
});

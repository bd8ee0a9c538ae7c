import fc from 'fast-check';
import { editDistance, isTypingSlip } from '#domain/language/edit-distance';

test('a slip of a letter or two in a long word is forgiven, in a short one it is another word', () => {
  expect(isTypingSlip('volkswage', 'volkswagen')).toBe(true);
  expect(isTypingSlip('vokswagne', 'volkswagen')).toBe(true);
  expect(isTypingSlip('glof', 'golf')).toBe(true);
  expect(isTypingSlip('wolf', 'golf')).toBe(false);
  expect(isTypingSlip('kia', 'kai')).toBe(false);
  expect(isTypingSlip('goed', 'golf')).toBe(false);
  expect(isTypingSlip('golfgolfgolf', 'golf')).toBe(false);
});

test('it is the same both ways, and nothing for equal words', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
    }),
  );
});

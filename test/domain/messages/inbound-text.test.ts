import fc from 'fast-check';
import { cutAt, MAX_INBOUND_TEXT, normaliseInboundText } from '#domain/messages/inbound-text';

test('accents are composed, line breaks are one kind, control characters go', () => {
  expect(normaliseInboundText('e\u0301\r\na\rb\u0000\u0085\u001b\t').text).toBe('é\na\nb\t');
});

test('half an emoji is dropped, a whole one stays', () => {
  expect(normaliseInboundText('a\uD83Db👍').text).toBe('ab👍');
});

test('doing it twice changes nothing, and the length is bounded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 6_000 }), (raw) => {
      const { text, truncated } = normaliseInboundText(raw);
      expect(text.length).toBeLessThanOrEqual(MAX_INBOUND_TEXT);
      expect(truncated || text.length <= raw.length * 3).toBe(true);
      expect(normaliseInboundText(text).text).toBe(text);
    }),
  );
});

test('a cut never goes through an emoji', () => {
  expect(cutAt('a👍', 2)).toBe('a');
  expect(cutAt('a👍', 3)).toBe('a👍');
});

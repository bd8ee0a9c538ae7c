import fc from 'fast-check';
import { EMPTY_TWIML, escapeTwiml, insertedValue, MAX_OUTBOUND_TEXT, splitForChannel } from '#domain/messages/outbound-text';

const sentence = (words: number): string => `${Array.from({ length: words }, (_, n) => `woord${n}`).join(' ')}.`;

describe('a text longer than one message', () => {
  test('is cut between paragraphs, else lines, else sentences, else words', () => {
    expect(splitForChannel('sms', `${'a '.repeat(600)}\n\n${'b '.repeat(400)}`).map((part) => part[0])).toEqual(['a', 'b']);
    expect(splitForChannel('sms', `${'a '.repeat(600)}\n${'b '.repeat(400)}`).map((part) => part[0])).toEqual(['a', 'b']);
    expect(splitForChannel('sms', `${sentence(130)} ${sentence(130)}`)).toEqual([sentence(130), sentence(130)]);
    expect(splitForChannel('sms', 'woord '.repeat(400)).every((part) => part.startsWith('woord') && part.endsWith('woord'))).toBe(true);
  });

  test('is cut through a word only when the word fills a message, and never through an emoji', () => {
    const parts = splitForChannel('sms', `a${'👍'.repeat(900)}`);

    expect(parts).toHaveLength(2);
    expect(parts.join('')).toBe(`a${'👍'.repeat(900)}`);
    expect(parts.some((part) => /\p{Cs}/u.test(part))).toBe(false);
  });

  test('stays whole where it fits', () => {
    expect(splitForChannel('web', 'x'.repeat(4_096))).toHaveLength(1);
    expect(splitForChannel('whatsapp', ' kort ')).toEqual(['kort']);
    expect(splitForChannel('sms', '   ')).toEqual([]);
  });

  test('loses no word, and no part is too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), { maxLength: 40 }),
        fc.constantFrom('sms' as const, 'whatsapp' as const, 'web' as const),
        (words, channel) => {
          const text = words.join(' ');
          const parts = splitForChannel(channel, text);
          for (const part of parts) expect(part.length > 0 && part.length <= MAX_OUTBOUND_TEXT[channel]).toBe(true);
          expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
    );
  });
});

describe('a value somebody else chose', () => {
  test('cannot make our WhatsApp text bold or spread over lines', () => {
    const inserted = insertedValue('whatsapp', ' *Golf*\n_8_ `x` ');

    expect(inserted.replaceAll('\u2060', '')).toBe('*Golf* _8_ `x`');
    expect(inserted).not.toMatch(/(^|[^\u2060])[*_~`]|[*_~`]($|[^\u2060])/);
  });

  test('stays as it is on channels without markup', () => {
    expect(insertedValue('sms', 'T-Roc *R*')).toBe('T-Roc *R*');
  });
});

describe('text in TwiML', () => {
  test('cannot end its element, and holds no character XML forbids', () => {
    expect(escapeTwiml(`</Message><Redirect>"&'\u0000\u0008\uFFFE👍`)).toBe('&lt;/Message&gt;&lt;Redirect&gt;&quot;&amp;&apos;👍');
  });

  test('that says nothing is well formed', () => {
    expect(EMPTY_TWIML).toMatch(/^<\?xml .*\?><Response><\/Response>$/);
  });
});

import fc from 'fast-check';
import { isFailure } from '#domain/failure';
import { MAX_FORM_BYTES, parseFormBody } from '#providers/twilio/form-body';

const codeOf = (body: string | Buffer): string | undefined => {
  try {
    parseFormBody(body);
    return undefined;
  } catch (thrown) {
    if (isFailure(thrown)) return thrown.code;
    throw thrown;
  }
};

test('a form is read with its empty, accented and bracketed fields as they are', () => {
  expect(parseFormBody('Body=H%C3%A9+daar%26&FromZip=&a%5Bb%5D=1&Emoji=%F0%9F%91%8D')).toEqual({ Body: 'Hé daar&', FromZip: '', 'a[b]': '1', Emoji: '👍' });
  expect(parseFormBody(Buffer.from('Body=a=b'))).toEqual({ Body: 'a=b' });
  expect(parseFormBody('')).toEqual({});
});

test('a field that stands twice is refused, however its name is written', () => {
  expect(codeOf('Body=hello&Body=hello')).toBe('webhook.duplicate_key');
  expect(codeOf('Body=hello&B%6Fdy=hello')).toBe('webhook.duplicate_key');
});

test('what no form writer writes is refused', () => {
  for (const body of ['Body', '=x', 'a=1&&b=2', 'a=%', 'a=%zz', 'a=%ff', '%E0%A4%A=1']) expect(codeOf(body)).toBe('webhook.malformed');
});

test('what is larger than anything Twilio sends is refused', () => {
  expect(codeOf(`Body=${'a'.repeat(MAX_FORM_BYTES)}`)).toBe('webhook.too_large');
  expect(codeOf(`Body=${'a'.repeat(17_000)}`)).toBe('webhook.too_large');
  expect(codeOf(`${'n'.repeat(101)}=1`)).toBe('webhook.too_large');
  expect(codeOf(Array.from({ length: 201 }, (_, n) => `f${n}=1`).join('&'))).toBe('webhook.too_large');
});

test('a field named like part of every object is a field and nothing else', () => {
  const fields = parseFormBody('__proto__=x&constructor=y');

  expect(Object.keys(fields)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test('any form that is written can be read back', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 50 });
  fc.assert(
    fc.property(
      fc.dictionary(
        text.filter((name) => name !== ''),
        text,
        { maxKeys: 30 },
      ),
      (fields) => {
        expect({ ...parseFormBody(new URLSearchParams(fields).toString()) }).toEqual({ ...fields });
      },
    ),
  );
});

test('whatever arrives, the answer is a form or a refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      ),
      (body) => {
        expect([undefined, 'webhook.duplicate_key', 'webhook.malformed', 'webhook.too_large']).toContain(codeOf(body));
      },
    ),
  );
});

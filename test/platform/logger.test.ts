import fc from 'fast-check';
import { createLogger } from '#platform/logger';
import { maskText } from '#platform/mask';

const write = (log: (logger: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = [];
  log(createLogger({ level: 'trace', process: 'test' }, { write: (line) => void lines.push(line) }));
  return lines.join('');
};

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
const phone = fc.tuple(fc.constantFrom('+31', '+44', '+1', '0031', '06', '020'), digits(8)).map(([prefix, rest]) => prefix + rest);
const spacedPhone = fc.tuple(phone, fc.constantFrom(' ', '-', '.', '')).map(([number, gap]) => number.replace(/(\d{2})(?=\d)/g, `$1${gap}`));
const email = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9.+_-]{2,20}$/), fc.stringMatching(/^[a-z]{3,12}$/), fc.constantFrom('nl', 'com', 'co.uk'))
  .map(([name, host, top]) => `${name}@${host}.${top}`);
const secret = fc.oneof(
  fc.stringMatching(/^[0-9a-f]{32}$/),
  fc.stringMatching(/^sk_[A-Za-z0-9]{32}$/),
  fc.uint8Array({ minLength: 32, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64')),
);
const personal = fc.oneof(
  phone,
  spacedPhone,
  phone.map((number) => `whatsapp:${number}`),
  phone.map((number) => number.replace(/^\+/, '')),
  email,
  secret,
);
const words = fc.constantFrom('customer wrote', 'failed for', 'from', 'Error:', '(', '"', '\n at', 'id=', 'sms to ');

describe('PII anonymization in logs', () => {
  test('no phone number, e-mail address or secret survives, wherever in a line it stands', () => {
    fc.assert(
      fc.property(personal, words, words, (value, before, after) => {
        const text = `${before} ${value} ${after}`;
        const written = write((log) => {
          log.info(text);
          log.info({ note: text, nested: { list: [text, { deep: text }] } }, 'fields');
          log.error(new Error(text));
          log.warn({ err: new Error(text) }, text);
          log.child({ bound: text }).info('%s and %j', value, { value });
          log.info({ [value]: 1 }, 'as a key');
        });
        expect(written).not.toContain(value);
        const written11 = value.replace(/\D/g, '');
        if (/^[+\d]/.test(value) && written11.length >= 8) expect(written.replace(/[\s().-]/g, '')).not.toContain(written11);
      }),
      { numRuns: 300 },
    );
  });

  test('what people wrote and who they are is left out by the name of its field', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 5, maxLength: 80 }),
        fc.constantFrom('text', 'Body', 'displayName', 'profileName', 'customerAddress', 'preview', 'token', 'authorization'),
        (value, field) => {
          const marked = `zq${value}`;
          const written = write((log) => log.info({ outer: { [field]: marked }, [field]: marked }, 'a message'));
          expect(written).not.toContain(JSON.stringify(marked).slice(1, -1));
          expect(written).toContain('a message');
        },
      ),
    );
  });

  test('headers of a request never reach the log', () => {
    const written = write((log) => log.info({ headers: { 'x-anything': 'canary' }, req: { headers: { cookie: 'canary' } } }, 'request'));
    expect(written).not.toContain('canary');
  });

  test('a provider error that carries its request is logged without it', () => {
    const error = Object.assign(new Error('timeout'), {
      config: { headers: { Authorization: 'Basic canary-canary' }, data: 'Body=canary' },
      request: { _header: 'canary' },
    });
    const written = write((log) => log.error({ err: error }, 'send failed'));
    expect(written).not.toContain('canary');
    expect(written).toContain('timeout');
  });
});

describe('what stays readable', () => {
  test.each([
    'SM0123456789abcdef0123456789abcdef',
    'conversation:biz_4fGh2kLm:9Qm2_kd-3hTYtr40fkWq2A',
    '0b9d2f6e-93a1-4a52-9a57-6d0b6a0f9a10',
    '2026-11-20T23:22:50.123Z',
    '/srv/app/services/messages/receive-message.ts:41:13',
    'POST /api/conversations/:id/takeover 409 in 12 ms',
  ])('%s', (text) => {
    expect(maskText(text)).toBe(text);
  });

  test('a hundred thousand odd characters are masked within a moment', () => {
    const started = performance.now();
    for (const unit of ['0 ', '+1-', 'a@', '@', 'eyJ', 'whatsapp:', '((((', 'a/', '00']) maskText(unit.repeat(100_000 / unit.length));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

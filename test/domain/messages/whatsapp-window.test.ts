import { mayWriteFreely, windowEndsAt } from '#domain/messages/whatsapp-window';

const HOUR = 3_600_000;
const wroteAtMs = Date.UTC(2026, 10, 20, 12);

test('on WhatsApp we may write freely for 24 hours after the customer did', () => {
  expect(mayWriteFreely('whatsapp', wroteAtMs, wroteAtMs)).toBe(true);
  expect(mayWriteFreely('whatsapp', wroteAtMs, wroteAtMs + 24 * HOUR - 1)).toBe(true);
  expect(mayWriteFreely('whatsapp', wroteAtMs, wroteAtMs + 24 * HOUR)).toBe(false);
  expect(mayWriteFreely('whatsapp', undefined, wroteAtMs)).toBe(false);
});

test('other channels know no window', () => {
  for (const channel of ['sms', 'web'] as const) expect(mayWriteFreely(channel, undefined, wroteAtMs)).toBe(true);
});

test('staff see when the window ends, also across a clock change', () => {
  expect(windowEndsAt(new Date('2026-10-24T22:30:00Z'))).toEqual(new Date('2026-10-25T22:30:00Z'));
  expect(windowEndsAt(undefined)).toBeNull();
});

import { chatsWith, isReplyExpected, messagesOf, offeredAnswers, tickOf, webhooksBySid } from '#web/phone/chats';
import { e164Of, FIRST_PHONES, phonesFrom } from '#web/phone/phones.storage';
import { withSimMessage } from '#web/phone/simulator.cache';
import type { SimMessage, WebhookRecord } from '#web/phone/simulator.types';
import { filterWebhooks, outcomeOf, summaryOf } from '#web/phone/webhook.view';

const GARAGE = '+3197010200001';
const businesses = [
  {
    id: 'biz',
    name: 'Garage',
    locale: 'nl',
    timeZone: 'Europe/Amsterdam',
    numbers: [{ e164: GARAGE, channels: ['sms' as const, 'whatsapp' as const, 'web' as const] }],
  },
];
const [whatsapp, sms] = chatsWith(businesses);
const message = (sid: string, direction: SimMessage['direction'], second: number, more: Partial<SimMessage> = {}): SimMessage => {
  const createdAt = `2026-11-20T10:00:${String(second).padStart(2, '0')}.000Z`;
  const inbound = direction === 'inbound';
  return {
    sid,
    accountSid: 'AC1',
    direction,
    from: inbound ? 'whatsapp:+31612345678' : `whatsapp:${GARAGE}`,
    to: inbound ? `whatsapp:${GARAGE}` : 'whatsapp:+31612345678',
    body: sid,
    status: inbound ? 'received' : 'delivered',
    errorCode: null,
    errorMessage: null,
    media: [],
    createdAt,
    sentAt: createdAt,
    updatedAt: createdAt,
    ...more,
  };
};
const webhook = (sid: string, status: number | null, more: Partial<WebhookRecord> = {}): WebhookRecord => ({
  id: 1,
  at: '2026-11-20T10:00:00.000Z',
  kind: 'inbound',
  sid,
  url: 'http://localhost/webhooks/twilio/whatsapp',
  headers: {},
  parameters: [['Body', 'Hoi']],
  body: 'Body=Hoi',
  attempts: [{ attempt: 1, at: '', status, headers: {}, body: '', ms: 12 }],
  curl: 'curl',
  ...more,
});

test('a phone has a WhatsApp and an SMS chat for each number of a business, WhatsApp first', () => {
  expect(chatsWith(businesses).map(({ key }) => key)).toEqual([`whatsapp:${GARAGE}`, `sms:${GARAGE}`]);
});

test('a chat shows what belongs to its channel, in order, and nothing that is still on its way', () => {
  const all = [message('reply', 'outbound-api', 3), message('hello', 'inbound', 1), message('late', 'outbound-api', 4, { status: 'queued' })];
  expect(whatsapp && messagesOf(all, whatsapp).map(({ sid }) => sid)).toEqual(['hello', 'reply']);
  expect(sms && messagesOf(all, sms)).toEqual([]);
});

test('ticks follow the message: sent, delivered when its webhook got through, read when an answer came, lost when it did not', () => {
  const hello = message('hello', 'inbound', 1);
  const ticks = (thread: SimMessage[], records: WebhookRecord[]) => tickOf(hello, thread, webhooksBySid(records));
  expect(ticks([hello], [])).toBe('sent');
  expect(ticks([hello], [webhook('hello', 200)])).toBe('delivered');
  expect(ticks([hello], [webhook('hello', 429)])).toBe('delivered');
  expect(ticks([hello], [webhook('hello', 503)])).toBe('lost');
  expect(ticks([hello, message('reply', 'outbound-api', 2)], [webhook('hello', 200)])).toBe('read');
  expect(ticks([hello, message('reply', 'outbound-api', 2, { status: 'failed' })], [webhook('hello', 200)])).toBe('delivered');
});

test('the dots move after the phone wrote, until the reply comes or nobody would wait any longer', () => {
  const hello = message('hello', 'inbound', 1);
  const written = Date.parse(hello.createdAt);
  expect(isReplyExpected([hello], written + 5_000)).toBe(true);
  expect(isReplyExpected([hello], written + 60_000)).toBe(false);
  expect(isReplyExpected([hello, message('reply', 'outbound-api', 2)], written + 5_000)).toBe(false);
  expect(isReplyExpected([], written)).toBe(false);
});

test('a numbered list at the end of a reply can be tapped', () => {
  expect(offeredAnswers('Wat wilt u?\n1. Proefrit plannen\n2) Meer foto’s')).toEqual(['Proefrit plannen', 'Meer foto’s']);
  expect(offeredAnswers('We zijn open tot 18:00.')).toEqual([]);
  expect(offeredAnswers('1. Alleen dit')).toEqual([]);
});

test('a status that arrives late does not undo a newer one', () => {
  const read = message('reply', 'outbound-api', 1, { status: 'read', updatedAt: '2026-11-20T10:00:09.000Z' });
  const sent = { ...read, status: 'sent', updatedAt: '2026-11-20T10:00:02.000Z' };
  expect(withSimMessage({ messages: [read] }, sent).messages).toEqual([read]);
  expect(withSimMessage({ messages: [sent] }, read).messages).toEqual([read]);
});

test('phones survive a reload, and a spoilt memory means a fresh start', () => {
  const phones = [{ id: '1', name: 'Ada', number: '+31600000001', readReceipts: false, openChat: null }];
  expect(phonesFrom(JSON.stringify(phones))).toEqual(phones);
  expect(phonesFrom('{"broken')).toEqual(FIRST_PHONES);
  expect(phonesFrom('[]')).toEqual(FIRST_PHONES);
  expect(phonesFrom(undefined)).toEqual(FIRST_PHONES);
});

test('a number is understood as people type it', () => {
  expect(e164Of('06 1234 5678')).toBe('+31612345678');
  expect(e164Of('0044 7700 900461')).toBe('+447700900461');
  expect(e164Of('hello')).toBeNull();
});

test('the inspector says how a webhook ended', () => {
  const twice = webhook('a', 200, {
    attempts: [
      { attempt: 1, at: '', status: 503, headers: {}, body: '', ms: 30 },
      { attempt: 2, at: '', status: 200, headers: {}, body: '', ms: 12 },
    ],
  });
  expect(outcomeOf(twice)).toEqual({ status: 200, ms: 42, attempts: 2, tone: 'warn' });
  expect(outcomeOf(webhook('a', null))).toMatchObject({ status: null, tone: 'bad' });
  expect(filterWebhooks([webhook('a', 200), webhook('b', 403), webhook('c', 200, { faulted: 'duplicate' })], 'problems').map(({ sid }) => sid)).toEqual([
    'b',
    'c',
  ]);
  expect(summaryOf(webhook('a', 200))).toBe('Hoi');
  expect(
    summaryOf({
      sid: 'SM1',
      parameters: [
        ['MessageStatus', 'failed'],
        ['ErrorCode', '63016'],
        ['To', '+31612345678'],
      ],
    }),
  ).toBe('failed · 63016 · +31612345678');
});

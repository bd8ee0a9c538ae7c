import type { Message } from '#web/api/api.types';
import { deliveryView } from '#web/inbox/delivery.view';
import { answeringOf } from '#web/inbox/owner.words';
import { burstSizes, continues } from '#web/inbox/turns';
import { windowOf } from '#web/inbox/whatsapp-window';
import { newMessage } from '../support/fixture-conversations.ts';

const at = '2026-11-20T10:00:00.000Z';
const outbound = (more: Partial<Message>) => newMessage('c', 0, 'assistant', 'Dag', at, more);
const delivery = (state: NonNullable<Message['delivery']>['state']) => ({ state, attempts: 1, waitsFor: null, nextTryAt: null, error: null });

test.each([
  ['planned', null, 'sending'],
  ['attempting', null, 'sending'],
  ['unknown', null, 'checking'],
  ['parked', null, 'waiting'],
  ['superseded', null, 'superseded'],
  ['failed', null, 'failed'],
  ['accepted', 'queued', 'sending'],
  ['accepted', 'sent', 'sent'],
  ['accepted', 'delivered', 'delivered'],
  ['accepted', 'read', 'read'],
  ['accepted', 'undelivered', 'failed'],
  ['unknown', 'delivered', 'delivered'],
] as const)('a message that is %s with status %s is shown as %s', (state, status, shown) => {
  expect(deliveryView(outbound({ delivery: delivery(state), status }))).toBe(shown);
});

test('what the customer wrote and what web chat showed have no ticks', () => {
  expect(deliveryView(newMessage('c', 0, 'customer', 'Hoi', at))).toBeNull();
  expect(deliveryView(outbound({ delivery: null }))).toBeNull();
});

test('a reply to three messages says so, a reply to one does not', () => {
  const wrote = (coveredBy: string) => ({ direction: 'inbound' as const, coveredBy });
  expect([...burstSizes([wrote('a'), wrote('a'), wrote('a'), wrote('b')])]).toEqual([['a', 3]]);
});

test('messages of one writer in one breath are drawn as one block', () => {
  const first = newMessage('c', 0, 'customer', 'Hoi', at);
  expect(continues(first, newMessage('c', 1, 'customer', 'Ik zoek een Golf', '2026-11-20T10:02:00.000Z'))).toBe(true);
  expect(continues(first, newMessage('c', 1, 'customer', 'Hallo?', '2026-11-20T10:04:00.000Z'))).toBe(false);
  expect(continues(first, outbound({}))).toBe(false);
});

test('WhatsApp counts down to the end of its 24 hours and then waits for the customer', () => {
  const now = Date.parse(at);
  expect(windowOf({ channel: 'whatsapp', windowEndsAt: '2026-11-20T10:30:00.000Z' }, now)).toEqual({ state: 'open', leftMs: 30 * 60_000 });
  expect(windowOf({ channel: 'whatsapp', windowEndsAt: at }, now)).toEqual({ state: 'closed', endedAt: at });
  expect(windowOf({ channel: 'whatsapp', windowEndsAt: null }, now)).toEqual({ state: 'closed', endedAt: null });
  expect(windowOf({ channel: 'sms', windowEndsAt: null }, now)).toEqual({ state: 'none' });
});

test('a conversation the assistant gave up is nobody’s until a member takes it', () => {
  expect(answeringOf({ type: 'member', memberId: null, name: null }, 'mem_kim')).toBe('nobody');
  expect(answeringOf({ type: 'member', memberId: 'mem_kim', name: 'Kim' }, 'mem_kim')).toBe('me');
  expect(answeringOf({ type: 'member', memberId: 'mem_jan', name: 'Jan' }, 'mem_kim')).toBe('colleague');
  expect(answeringOf({ type: 'assistant' }, 'mem_kim')).toBe('assistant');
});

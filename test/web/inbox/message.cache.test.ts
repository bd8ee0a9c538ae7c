import type { MessagePages } from '#web/inbox/message.cache';
import { pendingIdOf, threadOf, withMessage, withNewestPage, withoutMessage, withSent } from '#web/inbox/message.cache';
import { newMessage } from '../support/fixture-conversations.ts';

const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
const said = (id: string, minute: number, more = {}) => newMessage('c', 0, 'customer', id, at(minute), { id, ...more });
const mine = (id: string, text: string, minute: number) => newMessage('c', 0, 'member', text, at(minute), { id });
const loaded = (): MessagePages => ({
  pages: [
    { items: [said('3', 3), said('4', 4)], nextCursor: 'older' },
    { items: [said('1', 1), said('2', 2)], nextCursor: null },
  ],
  pageParams: [null, 'older'],
});
const ids = (pages: MessagePages) => threadOf(pages).map(({ id }) => id);

test('a thread reads from the oldest to the newest message', () => {
  expect(ids(loaded())).toEqual(['1', '2', '3', '4']);
});

test('the same message arriving twice is shown once', () => {
  const once = withMessage(loaded(), said('5', 5));
  expect(ids(withMessage(once, said('5', 5)))).toEqual(['1', '2', '3', '4', '5']);
});

test('a message that comes late takes its place in time', () => {
  const pages = withMessage(loaded(), said('3b', 3));
  expect(ids(pages)).toEqual(['1', '2', '3', '3b', '4']);
});

test('a message being sent stands last, whatever the browser’s clock says', () => {
  const pages = withMessage(loaded(), mine(pendingIdOf('a'), 'On my way', 0));
  expect(ids(pages).at(-1)).toBe('pending:a');
});

test('the sent message replaces the one that was shown while sending', () => {
  const sending = withMessage(loaded(), mine(pendingIdOf('a'), 'On my way', 5));
  expect(ids(withSent(sending, 'a', mine('5', 'On my way', 5)))).toEqual(['1', '2', '3', '4', '5']);
});

test('when the live channel is faster than the answer to the send, the message is still shown once', () => {
  const sending = withMessage(loaded(), mine(pendingIdOf('a'), 'On my way', 5));
  const live = withNewestPage(sending, { items: [said('4', 4), mine('5', 'On my way', 5)], nextCursor: 'older' });
  expect(ids(live)).toEqual(['1', '2', '3', '4', '5']);
  expect(ids(withSent(live, 'a', mine('5', 'On my way', 5)))).toEqual(['1', '2', '3', '4', '5']);
});

test('another member’s words do not swallow what I am sending', () => {
  const sending = withMessage(loaded(), mine(pendingIdOf('a'), 'On my way', 5));
  const live = withNewestPage(sending, { items: [said('4', 4), mine('5', 'Something else', 5)], nextCursor: 'older' });
  expect(ids(live)).toEqual(['1', '2', '3', '4', '5', 'pending:a']);
});

test('a refused message disappears', () => {
  const sending = withMessage(loaded(), mine(pendingIdOf('a'), 'On my way', 5));
  expect(ids(withoutMessage(sending, pendingIdOf('a')))).toEqual(['1', '2', '3', '4']);
});

test('fresh messages join the loaded ones, and changed ones replace them, also in older pages', () => {
  const live = withNewestPage(loaded(), { items: [said('2', 2, { status: 'read' }), said('4', 4, { coveredBy: '5' }), said('5', 5)], nextCursor: 'x' });
  expect(ids(live)).toEqual(['1', '2', '3', '4', '5']);
  expect(threadOf(live)[1]?.status).toBe('read');
  expect(threadOf(live)[3]?.coveredBy).toBe('5');
});

test('when messages were missed in between, the older ones are dropped rather than shown with a hole', () => {
  const live = withNewestPage(loaded(), { items: [said('8', 8), said('9', 9)], nextCursor: 'between' });
  expect(ids(live)).toEqual(['8', '9']);
  expect(live.pages).toHaveLength(1);
  expect(live.pages[0]?.nextCursor).toBe('between');
});

import type { ConversationSummary } from '#web/api/api.types';
import type { ConversationPages } from '#web/inbox/conversation.cache';
import { withConversation, withPatch } from '#web/inbox/conversation.cache';
import { aGarageInbox } from '../support/fixture-conversations.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const inbox = aGarageInbox(now).map(({ detail }) => detail);
const byActivity = (items: ConversationSummary[]) => items.toSorted((a, b) => (b.lastMessage?.at ?? '').localeCompare(a.lastMessage?.at ?? ''));
const listOf = (items: ConversationSummary[], nextCursor: string | null = null): ConversationPages => ({
  pages: [{ items: byActivity(items), nextCursor }],
  pageParams: [null],
});
const ids = (pages: ConversationPages) => pages.pages.flatMap(({ items }) => items.map(({ id }) => id));
const find = (id: string) => {
  const found = inbox.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};
const justWrote = (id: string): ConversationSummary => ({
  ...find(id),
  unreadCount: 1,
  lastMessage: { text: 'Hallo?', role: 'customer', at: new Date(now).toISOString() },
});

test('a conversation somebody writes in moves to the top', () => {
  const list = listOf(inbox.slice(0, 5));
  expect(ids(withConversation(list, {}, justWrote('c_bram')))[0]).toBe('c_bram');
  expect(ids(withConversation(list, {}, justWrote('c_bram')))).toHaveLength(5);
});

test('a new conversation appears by itself', () => {
  const list = listOf(inbox.slice(1, 5));
  expect(ids(withConversation(list, {}, justWrote('c_sanne')))[0]).toBe('c_sanne');
});

test('a conversation that no longer fits the filter leaves the list', () => {
  const unread = listOf([find('c_sanne'), find('c_visitor')]);
  expect(ids(withConversation(unread, { unread: true }, { ...find('c_sanne'), unreadCount: 0 }))).toEqual(['c_visitor']);
});

test('a conversation of another channel does not enter a filtered list', () => {
  const sms = listOf([find('c_lotte')]);
  expect(ids(withConversation(sms, { channel: 'sms' }, justWrote('c_sanne')))).toEqual(['c_lotte']);
});

test('while searching, only the server says who is found', () => {
  const found = listOf([find('c_lotte')]);
  expect(ids(withConversation(found, { q: 'lotte' }, justWrote('c_sanne')))).toEqual(['c_lotte']);
  expect(ids(withConversation(found, { q: 'lotte' }, justWrote('c_lotte')))).toEqual(['c_lotte']);
});

test('an old conversation whose page is not loaded yet stays out until it is', () => {
  const list = listOf([find('c_sanne'), find('c_omar')], 'more');
  expect(ids(withConversation(list, {}, find('c_eva')))).toEqual(['c_sanne', 'c_omar']);
});

test('taking over changes the owner where the conversation stands', () => {
  const list = listOf(inbox.slice(0, 3));
  const patched = withPatch(list, 'c_sanne', { owner: { type: 'member', memberId: 'mem_kim', name: 'Kim' } });
  expect(patched.pages[0]?.items.find(({ id }) => id === 'c_sanne')?.owner).toEqual({ type: 'member', memberId: 'mem_kim', name: 'Kim' });
  expect(ids(patched)).toEqual(ids(list));
});

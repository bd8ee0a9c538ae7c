import type { ShownMessage } from '#web/chat-demo/chat.state';
import { openQuickReplies, withMessages, withState } from '#web/chat-demo/chat.state';

const mine = (id: string, minute: number, state?: ShownMessage['state']): ShownMessage => ({
  id,
  role: 'customer',
  text: id,
  at: `2026-11-20T10:0${minute}:00.000Z`,
  ...(state ? { state } : {}),
});
const reply = (id: string, minute: number): ShownMessage => ({
  id,
  role: 'assistant',
  text: id,
  at: `2026-11-20T10:0${minute}:00.000Z`,
  quickReplies: [{ label: 'Ja', payload: 'yes' }],
});

test('a message that comes by the stream and by the answer is shown once', () => {
  const shown = withMessages(withMessages([mine('a', 1)], [reply('b', 2)]), [reply('b', 2)]);
  expect(shown.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('the server’s word on a message replaces "being sent"', () => {
  expect(withMessages([mine('a', 1, 'pending')], [mine('a', 1)])).toEqual([mine('a', 1)]);
  expect(withState([mine('a', 1, 'pending')], 'a', 'failed')[0]?.state).toBe('failed');
});

test('suggestions are offered under the newest message only', () => {
  expect(openQuickReplies([mine('a', 1), reply('b', 2)])).toEqual([{ label: 'Ja', payload: 'yes' }]);
  expect(openQuickReplies([reply('b', 2), mine('c', 3)])).toEqual([]);
});

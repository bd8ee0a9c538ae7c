import type { Assistant, Reply } from '#domain/assistant/assistant.port';
import { AssistantFailed, replyWithin } from '#services/assistant/with-deadline';
import { aContext } from './a-conversation.ts';

const aReply: Reply = {
  text: 'Hoi',
  intent: 'greeting',
  confidence: 1,
  actions: [],
  memory: {},
  trace: { assistant: 'openai', language: 'nl', tools: [], sources: [], ms: 0 },
};
const untilAborted = (seen: AbortSignal[]): Assistant => ({
  name: 'openai',
  reply: ({ signal }) => {
    seen.push(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  },
});

test('an assistant whose time is up is told to stop', async () => {
  const seen: AbortSignal[] = [];

  await expect(replyWithin(untilAborted(seen), aContext(), 20)).rejects.toMatchObject({ name: 'AssistantFailed', trouble: 'timeout' });
  expect(seen[0]?.aborted).toBe(true);
});

test('a reply nobody wants any more is no failure of the assistant', async () => {
  const caller = new AbortController();
  const reply = replyWithin(untilAborted([]), aContext({ signal: caller.signal }), 5_000);
  caller.abort(new Error('superseded'));

  await expect(reply).rejects.toThrow('superseded');
  await expect(replyWithin(untilAborted([]), aContext({ signal: caller.signal }), 5_000)).rejects.toThrow('superseded');
});

test('an answer in time is given on, and the clock stops', async () => {
  expect(await replyWithin({ name: 'openai', reply: async () => aReply }, aContext(), 5_000)).toEqual(aReply);
});

test('what went wrong inside stays inside', async () => {
  const thrown: unknown = await replyWithin(
    { name: 'openai', reply: async () => Promise.reject(new Error('Jan wrote +31612345678')) },
    aContext(),
    1_000,
  ).catch((error: unknown) => error);

  expect(thrown).toBeInstanceOf(AssistantFailed);
  expect((thrown as Error).message).toBe('The openai assistant gave no answer (error).');
});

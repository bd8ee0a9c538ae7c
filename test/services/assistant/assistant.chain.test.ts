import type { Assistant, Reply } from '#domain/assistant/assistant.port';
import { createAssistant } from '#services/assistant/assistant.chain';
import { createBuiltInAssistant } from '#services/assistant/built-in/built-in.assistant';
import { aContext, handsOver } from './a-conversation.ts';

const aModel = (reply: Assistant['reply']): Assistant => ({ name: 'openai', reply });
const aReply = (changes: Partial<Reply> = {}): Reply => ({
  text: 'Hi from the model',
  intent: 'greeting',
  confidence: 0.9,
  actions: [],
  memory: {},
  trace: { assistant: 'openai', language: 'en', tools: [], sources: [], ms: 3 },
  ...changes,
});

test('the first assistant that answers is the one the customer hears', async () => {
  const chain = createAssistant({ timeoutMs: 1_000, assistants: [aModel(async () => aReply()), createBuiltInAssistant()] });

  expect(chain.name).toBe('openai');
  expect(await chain.reply(aContext())).toEqual(aReply());
});

test('with no assistant named, the built-in rules answer', async () => {
  expect((await createAssistant({ timeoutMs: 1_000 }).reply(aContext())).trace.assistant).toBe('built-in');
});

test.each<[string, Assistant['reply'], string]>([
  ['throws', async () => Promise.reject(new Error('the text of a customer')), 'openai: error'],
  [
    'throws before it starts',
    () => {
      throw new TypeError('x');
    },
    'openai: error',
  ],
  ['says nothing', async () => aReply({ text: '  ' }), 'openai: invalid'],
  ['says only punctuation', async () => aReply({ text: '...' }), 'openai: invalid'],
  ['breaks its own form', async () => ({ text: 5 }) as unknown as Reply, 'openai: invalid'],
  ['asks for an action nobody knows', async () => aReply({ actions: [{ type: 'delete_customer' }] as unknown as Reply['actions'] }), 'openai: invalid'],
  ['never stops', async () => aReply({ text: 'word '.repeat(10_000) }), 'openai: invalid'],
  ['takes too long', () => new Promise(() => undefined), 'openai: timeout'],
])('an assistant that %s is stood in for, and staff can see why', async (_name, reply, reason) => {
  const warnings: unknown[] = [];
  const log = { warn: (...words: unknown[]) => void warnings.push(words) };
  const answer = await createAssistant({ timeoutMs: 50, log, assistants: [aModel(reply), createBuiltInAssistant()] }).reply(aContext());

  expect(answer.trace).toMatchObject({ assistant: 'built-in', fallbackReason: reason });
  expect(answer.text).toContain('Autobedrijf De Vries');
  expect(JSON.stringify(warnings)).toContain(reason.split(' ')[1]);
  expect(JSON.stringify(warnings)).not.toContain('the text of a customer');
});

test('when all fail the customer gets a fixed text in their language, and a colleague is called', async () => {
  const chain = createAssistant({
    timeoutMs: 50,
    assistants: [aModel(async () => aReply({ text: '' })), aModel(async () => Promise.reject(new Error('down')))],
  });

  const dutch = await chain.reply(aContext({ text: 'Ik zoek een auto' }));
  expect(dutch.text).toContain('een collega komt er zo snel mogelijk bij u op terug');
  expect(dutch.trace).toMatchObject({ assistant: 'fallback', fallbackReason: 'openai: invalid; openai: error' });
  expect(handsOver(dutch)).toBe('unsure');
  expect((await chain.reply(aContext({ text: 'I am looking for a car' }))).text).toContain('a colleague will get back to you');
  expect((await chain.reply(aContext({ text: '?', memory: { language: 'en' } }))).text).toContain('a colleague will get back to you');
  expect((await chain.reply(aContext({ text: '?' }))).text).toContain('een collega');
});

test('with no assistant at all there is still an answer', async () => {
  const chain = createAssistant({ timeoutMs: 50, assistants: [] });

  expect(chain.name).toBe('fallback');
  expect((await chain.reply(aContext())).trace.fallbackReason).toBe('no assistant is configured');
});

import type { Assistant, AssistantMemory, ContextMessage, Reply, ReplyContext } from '#domain/assistant/assistant.port';
import type { Channel } from '#domain/channel';
import type { BusinessId } from '#domain/ids';
import type { DemoBusiness } from '#services/demo/demo-businesses';
import { DEMO_BUSINESSES } from '#services/demo/demo-businesses';

/** A Friday afternoon on which everybody works. */
export const FRIDAY_AFTERNOON = Date.parse('2026-11-20T14:00:00+01:00');
export const FRIDAY_EVENING = Date.parse('2026-11-20T21:00:00+01:00');

export const demoBusiness = (slug: string): DemoBusiness => {
  const found = DEMO_BUSINESSES.find((business) => business.slug === slug);
  if (!found) throw new Error(`There is no demo business ${slug}.`);
  return found;
};

export function aContext(changes: Partial<ReplyContext> & { text?: string; slug?: string } = {}): ReplyContext {
  const { text = 'Hallo', slug = 'de-vries', ...rest } = changes;
  return {
    business: { ...demoBusiness(slug), id: 'biz_test' as BusinessId },
    channel: 'whatsapp',
    nowMs: FRIDAY_AFTERNOON,
    history: [],
    turn: [{ text, media: 0 }],
    memory: {},
    signal: new AbortController().signal,
    ...rest,
  };
}

/** Talks to an assistant the way the product does: history and memory are carried from turn to turn. */
export function aConversation(assistant: Assistant, options: { slug?: string; channel?: Channel; nowMs?: number; customerName?: string } = {}) {
  const history: ContextMessage[] = [];
  let memory: AssistantMemory = {};
  return {
    async say(text: string, more: Partial<ReplyContext['turn'][number]> = {}): Promise<Reply> {
      const reply = await assistant.reply(aContext({ ...options, history: [...history], memory, turn: [{ text, media: 0, ...more }] }));
      // What is kept is plain JSON.
      memory = JSON.parse(JSON.stringify(reply.memory)) as AssistantMemory;
      history.push({ role: 'customer', text, atMs: 0 });
      if (reply.text !== null) history.push({ role: 'assistant', text: reply.text, atMs: 0 });
      return reply;
    },
  };
}

export const handsOver = (reply: Reply): string | undefined => {
  const action = reply.actions.find(({ type }) => type === 'hand_over');
  return action?.type === 'hand_over' ? action.reason : undefined;
};

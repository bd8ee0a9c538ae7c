import type { Reply } from '#domain/assistant/assistant.port';
import type { CoverReason, InboundMessage } from '#domain/messages/inbound';
import type { OptOutRequest } from '#domain/messages/opt-out';
import { optOutAnswer, optOutRequestOf } from '#domain/messages/opt-out';
import type { Conversation } from '#models/conversation';
import type { ServiceContext } from '../context.ts';
import { languageOf, noticeText } from './notices.ts';

export interface SpecialAnswer {
  reply: Reply;
  coverReason: Extract<CoverReason, 'opt_out' | 'group' | 'reaction'>;
  mayReachOptedOut: boolean;
}

/**
 * Messages that a rule answers and no assistant may: opt-outs and opt-ins, people who opted out, group messages, reactions.
 * Safe to retry: the same words give the same answer.
 */
export async function answerWithoutAssistant(
  ctx: ServiceContext,
  { conversation, open }: { conversation: Conversation; open: InboundMessage[] },
): Promise<SpecialAnswer | undefined> {
  const { channel, customerAddress, businessAddress } = conversation;
  const who = { channel, address: customerAddress, businessAddress };
  const business = await ctx.business.profile();
  const language = languageOf(conversation, business);
  const wasOptedOut = await ctx.optOuts.isOptedOut(who);

  const request = open.map((message) => optOutRequestOf(channel, message.text)).findLast((found) => found !== null);
  if (request && (wasOptedOut || !request.isOrdinaryOtherwise)) {
    await record(ctx, conversation, request);
    const text = request.confirm ? optOutAnswer(request.wish, request.language, business.name) : null;
    return {
      reply: fixedReply(text, `opt_out.${request.wish}`, conversation, request.language),
      coverReason: 'opt_out',
      mayReachOptedOut: request.wish !== 'start',
    };
  }
  if (wasOptedOut) return special(null, 'opted_out', 'opt_out');
  if (open.every((message) => message.kind === 'group')) return special(noticeText('no_groups', language), 'group', 'group');
  if (open.every((message) => message.kind === 'reaction')) return special(null, 'reaction', 'reaction');
  return undefined;

  function special(text: string | null, intent: string, coverReason: SpecialAnswer['coverReason']): SpecialAnswer {
    return { reply: fixedReply(text, intent, conversation, language), coverReason, mayReachOptedOut: false };
  }
}

async function record(ctx: ServiceContext, conversation: Conversation, { wish, word }: OptOutRequest): Promise<void> {
  if (wish === 'help') return;
  const { channel, customerAddress, businessAddress } = conversation;
  const who = { channel, address: customerAddress, businessAddress };
  const changed = wish === 'stop' ? await ctx.optOuts.optOut(who, word) : await ctx.optOuts.optIn(who, word);
  if (changed) await ctx.events.append({ type: wish === 'stop' ? 'conversation.opted_out' : 'conversation.opted_in', conversationId: conversation.id });
}

const fixedReply = (text: string | null, intent: string, conversation: Conversation, language: 'nl' | 'en'): Reply => ({
  text,
  intent,
  confidence: 1,
  actions: [],
  memory: conversation.memory,
  trace: { assistant: 'fallback', language, tools: [], sources: [], ms: 0 },
});

import { isFailure } from '#domain/failure';
import type { InboundMessage } from '#domain/messages/inbound';
import { normaliseInboundText } from '#domain/messages/inbound-text';
import type { ServiceContext } from '../context.ts';
import { askAssistant } from '../conversations/ask-assistant.ts';
import { receiveMessage } from '../messages/receive-message.ts';
import type { ChatMessage } from './chat-message.ts';
import { toChatMessage } from './chat-message.ts';
import { chatAddress, chatConversationId } from './visitor-address.ts';

export interface SendChatMessageInput {
  visitorAddress: string;
  /** The browser's own id; sending it again asks for the same answer. */
  messageId: string;
  text: string;
  /** Set when a quick reply was tapped. */
  buttonPayload?: string;
  waitMs: number;
}

export type ChatReply = { state: 'answered'; reply: ChatMessage } | { state: 'with_staff' | 'silent' | 'again'; reply: null };

/**
 * Hands a visitor's message to their conversation and waits for the answer. Safe to repeat with the same `messageId`:
 * a question that was answered is answered again from the database, whatever the rest of the system does.
 * `again` means: taken (or being taken), no answer yet; ask once more.
 * @throws Failure `intake.unavailable` when the message could not be stored anywhere.
 */
export async function sendChatMessage(ctx: ServiceContext, input: SendChatMessageInput): Promise<ChatReply> {
  const known = await knownAnswer(ctx, input);
  if (known) return known;

  const { text } = normaliseInboundText(input.text);
  const message: InboundMessage = {
    messageId: input.messageId,
    text,
    media: [],
    receivedAtMs: ctx.clock.nowMs(),
    kind: input.buttonPayload ? 'button' : 'text',
    ...(input.buttonPayload && { buttonPayload: input.buttonPayload }),
  };
  const conversation = chatAddress(input.visitorAddress);
  try {
    const answer = await askAssistant(ctx, { conversation, message, waitMs: input.waitMs });
    if (answer.state !== 'answered') return { state: answer.state, reply: null };
    const row = answer.outboundId === undefined ? null : await ctx.messages.get(answer.outboundId);
    if (row) return { state: 'answered', reply: toChatMessage(row) };
    return (await knownAnswer(ctx, input)) ?? { state: 'again', reply: null };
  } catch (thrown) {
    if (!isFailure(thrown) || thrown.kind !== 'unavailable') throw thrown;
    // Nobody could take the question now: it is kept, and answered as soon as somebody can.
    await receiveMessage(ctx, { conversation, message });
    return { state: 'again', reply: null };
  }
}

/** The answer to a message that has been dealt with; undefined while it has not. */
async function knownAnswer(ctx: ServiceContext, { visitorAddress, messageId }: SendChatMessageInput): Promise<ChatReply | undefined> {
  const state = (await ctx.messages.states(chatConversationId(ctx, visitorAddress), [messageId])).get(messageId);
  if (!state) return undefined;
  if (state.coverReason === 'takeover') return { state: 'with_staff', reply: null };
  if (state.coveredBy) {
    const row = await ctx.messages.get(state.coveredBy);
    if (row?.delivery?.state === 'accepted') return { state: 'answered', reply: toChatMessage(row) };
    return undefined;
  }
  return state.coverReason || (state.seen && !state.inserted) ? { state: 'silent', reply: null } : undefined;
}

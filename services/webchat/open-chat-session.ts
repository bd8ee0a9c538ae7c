import { isFailure, notFound } from '#domain/failure';
import type { BusinessId, ConversationId } from '#domain/ids';
import type { Conversation } from '#models/conversation';
import type { Installation, ServiceContext } from '../context.ts';
import { chatHistory } from './chat-history.ts';
import type { ChatMessage } from './chat-message.ts';
import { anonymousAddress, chatAddress, chatConversationId, identifiedAddress } from './visitor-address.ts';
import type { ClaimedIdentity } from './visitor-identity.ts';
import { checkIdentity } from './visitor-identity.ts';
import { issueVisitorToken, readVisitorToken } from './visitor-token.ts';

export interface OpenChatSessionInput {
  businessId: BusinessId;
  /** From an earlier visit. One that is wrong, or another business's, counts as none. */
  token?: string;
  identity?: ClaimedIdentity;
}

export interface ChatSession {
  token: string;
  sessionId: string;
  conversationId: ConversationId;
  resumed: boolean;
  expiresAt: Date;
  business: { name: string; locale: string };
  messages: ChatMessage[];
}

const MESSAGES_SHOWN = 30;

/**
 * Opens a web chat, or goes on with the one the token stands for while its session lives (CONVERSATION_TTL after the last message).
 * Safe to repeat: without a token it is a new visitor each time, and nothing is stored before they write.
 * @throws Failure `business.not_found`, `chat.identity_invalid`.
 */
export async function openChatSession(installation: Installation, { businessId, token, identity }: OpenChatSessionInput): Promise<ChatSession> {
  const ctx = installation.forBusiness(businessId, { type: 'system', job: 'web-chat' });
  const business = await activeProfile(ctx);
  // A business that only has web chat is not in the number directory, which loads the others' keys.
  await ctx.keys.preload([businessId]);
  if (identity) checkIdentity(ctx, identity);

  const earlier = token === undefined ? undefined : await livingVisitor(ctx, token);
  const address = identity ? identifiedAddress(identity.externalId) : (earlier?.address ?? anonymousAddress());
  const conversationId = chatConversationId(ctx, address);
  const conversation = earlier?.address === address ? earlier.conversation : await ctx.conversations.get(conversationId);
  if (identity) await introduce(ctx, address, identity);

  const resumed = earlier?.address === address || isAlive(ctx, conversation);
  const expiresAt = new Date(ctx.clock.nowMs() + ctx.config.conversationTtlMs);
  const messages = resumed ? (await chatHistory(ctx, { visitorAddress: address, limit: MESSAGES_SHOWN })).items : [];
  return {
    token: await issueVisitorToken(ctx, { businessId, address }, expiresAt),
    sessionId: conversationId,
    conversationId,
    resumed,
    expiresAt,
    business: { name: business.name, locale: business.locale },
    messages,
  };
}

async function activeProfile(ctx: ServiceContext) {
  try {
    const [profile, settings] = await Promise.all([ctx.business.profile(), ctx.business.settings()]);
    if (settings.status === 'active') return profile;
  } catch (thrown) {
    if (!isFailure(thrown) || thrown.kind !== 'not_found') throw thrown;
  }
  throw notFound('business');
}

/** The visitor a token stands for, unless the session has ended. */
async function livingVisitor(ctx: ServiceContext, token: string): Promise<{ address: string; conversation: Conversation | null } | undefined> {
  const reading = await readVisitorToken(ctx, token);
  if (reading.state === 'invalid' || reading.claims.businessId !== ctx.businessId) return undefined;
  const { address } = reading.claims;
  const conversation = await ctx.conversations.get(chatConversationId(ctx, address));
  const isLiving = conversation ? isAlive(ctx, conversation) : reading.state === 'valid';
  return isLiving ? { address, conversation } : undefined;
}

const isAlive = ({ clock }: ServiceContext, conversation: Conversation | null): boolean =>
  conversation?.sessionEndsAt !== undefined && conversation.sessionEndsAt.getTime() > clock.nowMs();

/** Staff see the name and e-mail the business itself knows the visitor by. */
async function introduce(ctx: ServiceContext, address: string, { name, email }: ClaimedIdentity): Promise<void> {
  const { channel } = chatAddress(address);
  await ctx.customers.findOrCreate({ channel, address, displayName: name, email });
}

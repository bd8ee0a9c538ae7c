import { randomBytes } from 'node:crypto';
import type { ConversationId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from '../conversations/conversation-address.ts';
import { conversationIdOf } from '../conversations/conversation-address.ts';

/** Every web chat of a business comes in at the same place. */
const WEB_CHAT = 'web-chat';

/** Somebody whose name we do not know; unguessable, since knowing it is being them. */
export const anonymousAddress = (): string => `visitor:${randomBytes(18).toString('base64url')}`;

/** Somebody the business's own website vouches for: the same conversation on every device. */
export const identifiedAddress = (externalId: string): string => `user:${externalId}`;

export const chatAddress = (visitorAddress: string): ConversationAddress => ({ channel: 'web', customerAddress: visitorAddress, businessAddress: WEB_CHAT });

export const chatConversationId = (ctx: Pick<ServiceContext, 'keys' | 'businessId'>, visitorAddress: string): ConversationId =>
  conversationIdOf(ctx, chatAddress(visitorAddress));

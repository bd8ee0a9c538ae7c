import type { PhoneChannel } from '#domain/channel';
import { Failure } from '#domain/failure';
import type { Conversation } from '#models/conversation';
import type { ServiceContext } from '../context.ts';
import { conversationIdOf } from './conversation-address.ts';

/**
 * The conversation with a phone number, made if there is none yet. Nothing is sent.
 * @throws Failure invalid `number.not_yours` when the business has no such sender on that channel.
 */
export async function startConversation(
  ctx: ServiceContext,
  { channel, to, from }: { channel: PhoneChannel; to: string; from?: string },
): Promise<Conversation> {
  const { numbers } = await ctx.business.profile();
  const sender = numbers.find((number) => number.channels.includes(channel) && (from === undefined || number.e164 === from));
  if (!sender) throw new Failure('invalid', 'number.not_yours', 'This business has no such number for that channel.');
  const address = { channel, customerAddress: to, businessAddress: sender.e164 };
  const customer = await ctx.customers.findOrCreate({ channel, address: to });
  return await ctx.conversations.ensure({ id: conversationIdOf(ctx, address), customerId: customer.id, ...address, at: ctx.clock.now() });
}

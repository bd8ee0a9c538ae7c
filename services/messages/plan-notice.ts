import type { ConversationId, OutboundId, TurnId } from '#domain/ids';
import { outboundIdOf } from '#domain/ids';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from '../conversations/conversation-address.ts';
import { languageOf, noticeText } from './notices.ts';
import { planOutbound } from './plan-outbound.ts';

export interface PlanNoticeInput extends ConversationAddress {
  conversationId: ConversationId;
  notice: 'slow_down' | 'we_will_come_back';
  /** Says which occasion this is: one notice per key. */
  noticeKey: string;
}

/** Writes a fixed text to be sent. Safe to retry. null: the customer opted out, nothing may be sent. */
export async function planNotice(ctx: ServiceContext, input: PlanNoticeInput): Promise<OutboundId | null> {
  const { channel, customerAddress, businessAddress } = input;
  const at = ctx.clock.now();
  if (await ctx.optOuts.isOptedOut({ channel, address: customerAddress, businessAddress })) return null;
  const customer = await ctx.customers.findOrCreate({ channel, address: customerAddress });
  const conversation = await ctx.conversations.ensure({ id: input.conversationId, customerId: customer.id, channel, customerAddress, businessAddress, at });
  const outboundId = outboundIdOf(`${input.conversationId}.${input.notice}-${input.noticeKey}` as TurnId, 0);
  await planOutbound(ctx, { outboundId, conversation, role: 'system', text: noticeText(input.notice, languageOf(conversation, await ctx.business.profile())) });
  return outboundId;
}

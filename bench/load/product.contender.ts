import type { BusinessId, ConversationId } from '#domain/ids';
import { turnIdOf } from '#domain/ids';
import type { ServiceContext } from '#services/context';
import { conversationIdOf } from '#services/conversations/conversation-address';
import type { ProductStack } from '../world/product-stack.ts';
import type { Contender, LoadPlan, Run } from './contender.ts';
import { phoneOf, questionOf } from './customers.ts';
import { httpPost } from './http-post.ts';
import type { Write, Written } from './loops.ts';
import { closedLoop, openLoop } from './loops.ts';
import type { ReplyWatch } from './reply-watch.ts';
import { watchReplies } from './reply-watch.ts';
import type { SignedWebhook } from './twilio-webhook.ts';
import { inboundSms } from './twilio-webhook.ts';

export interface Product extends Contender, AsyncDisposable {
  stack: ProductStack;
  ctx: ServiceContext;
  replies: ReplyWatch;
  /** A webhook of this customer, signed and ready. */
  webhookOf(customer: number, n: number): SignedWebhook;
  /** Delivers it. Resolves with the HTTP status. */
  deliver(webhook: SignedWebhook): Promise<number>;
  conversationOf(customer: number): ConversationId;
}

const ANSWER_WITHIN_MS = 30_000;

/** The product as Twilio sees it: signed webhooks go in, and a reply counts when Twilio's API accepted it. */
export async function productContender(stack: ProductStack): Promise<Product> {
  const replies = await watchReplies(stack.simulatorUrl);
  const ctx = stack.installation.forBusiness(stack.businessId as BusinessId, { type: 'system', job: 'bench' });
  const path = '/webhooks/twilio/sms';
  const account = { accountSid: stack.secrets.TWILIO_ACCOUNT_SID, authToken: stack.secrets.TWILIO_AUTH_TOKEN };
  const address = new URL(path, stack.url);

  const webhookOf = (customer: number, n: number): SignedWebhook =>
    inboundSms({ ...account, url: stack.installation.config.webhookBaseUrl + path, from: phoneOf(customer), to: stack.e164, text: questionOf(n) });
  const deliver = async (webhook: SignedWebhook): Promise<number> => (await httpPost(address, webhook.headers, webhook.body)).status;
  const conversationOf = (customer: number): ConversationId =>
    conversationIdOf(ctx, { channel: 'sms', customerAddress: phoneOf(customer), businessAddress: stack.e164 });

  const write = (customer: number, webhook: SignedWebhook): Written => ({
    acknowledged: deliver(webhook).then((status) => {
      if (status !== 200) throw new Error(`the webhook was answered ${status}`);
    }),
    answeredAtMs: replies.replyTo(customer, webhook.messageSid, ANSWER_WITHIN_MS),
  });

  /** Signs beforehand, so that the driver's own work is not on anybody's clock, and asks afterwards how long the assistant took. */
  async function run(plan: Omit<LoadPlan, 'gapMs'>, loop: (write: Write) => Promise<Run>): Promise<Run> {
    const { conversations, messages, firstConversation = 0 } = plan;
    const each = Array.from({ length: messages }, (_, n) => {
      const customer = firstConversation + (n % conversations);
      return { customer, webhook: webhookOf(customer, n) };
    });
    const result = await loop((customer, n) => write(customer, each[n]?.webhook ?? webhookOf(customer, n)));
    const thinking = await Promise.all(each.map(({ customer, webhook }) => thinkingMs(conversationOf(customer), webhook.messageSid)));
    return { ...result, thinking: thinking.filter((ms) => ms !== undefined) };
  }
  const thinkingMs = async (conversationId: ConversationId, messageSid: string): Promise<number | undefined> =>
    (await ctx.turns.get(turnIdOf(conversationId, messageSid)))?.reply.trace.ms;

  return {
    name: 'product',
    stack,
    ctx,
    replies,
    webhookOf,
    deliver,
    conversationOf,
    open: (plan) => run(plan, (write) => openLoop(plan, write)),
    closed: (plan) => run(plan, (write) => closedLoop(plan, write)),
    [Symbol.asyncDispose]: () => replies[Symbol.asyncDispose](),
  };
}

import type { InboundMessage } from '#domain/messages/inbound';
import { conversationIdOf } from '#services/conversations/conversation-address';
import type { ComposedReply } from '#services/messages/compose-reply';
import { composeReply } from '#services/messages/compose-reply';
import { deliverMessage } from '#services/messages/deliver-message';
import type { TestBusiness } from '../../support/test-business.ts';
import type { TestEnv } from '../../support/test-env.ts';
import { startTestEnv } from '../../support/test-env.ts';
import { timesAccepted } from './support/written-message.ts';

let env: TestEnv;

beforeAll(async () => {
  env = await startTestEnv({ workers: false });
});
afterAll(() => env?.[Symbol.asyncDispose]());

/** One customer's conversation, as its workflow asks for replies; a task that is lost is asked for again, with whatever came since. */
function aConversation(garage: TestBusiness) {
  const address = { channel: 'whatsapp' as const, customerAddress: garage.phone().e164, businessAddress: garage.e164 };
  const conversationId = conversationIdOf(garage.ctx, address);
  const compose = (messages: InboundMessage[], supersedes?: ComposedReply['turnId']) =>
    composeReply(garage.ctx, { ...address, conversationId, messages, supersedes, signal: new AbortController().signal });
  const words = (n: number): InboundMessage => ({
    messageId: `SM${String(n).padStart(32, '0')}`,
    text: 'Hallo',
    media: [],
    receivedAtMs: garage.ctx.clock.nowMs() + n,
    kind: 'text',
  });
  const sendAll = async ({ outbound }: ComposedReply) => {
    for (const outboundId of outbound) await deliverMessage(garage.ctx, { outboundId });
  };
  /** How often the reply that covers each message went out. */
  const timesAnswered = async (messages: InboundMessage[]) => {
    const states = await garage.ctx.messages.states(
      conversationId,
      messages.map(({ messageId }) => messageId),
    );
    return messages.map(({ messageId }) => {
      const coveredBy = states.get(messageId)?.coveredBy;
      return coveredBy ? timesAccepted(env, coveredBy) : 0;
    });
  };
  return { compose, words, sendAll, timesAnswered, conversationId };
}

describe('when a worker dies after writing a reply and before anybody knows of it', () => {
  test('and more words have come since, the first words are answered as well', async () => {
    const { compose, words, sendAll, timesAnswered } = aConversation(await env.newBusiness());
    const [first, second] = [words(1), words(2)];
    await compose([first]);
    await sendAll(await compose([first, second]));
    expect(await timesAnswered([first, second])).toEqual([1, 1]);
  });

  test('and the reply had been put aside for words that now come first, all of them are answered', async () => {
    const garage = await env.newBusiness();
    const { compose, words, sendAll, timesAnswered } = aConversation(garage);
    const [earlier, later] = [words(1), words(2)];
    const { turnId } = await compose([later]);
    await garage.ctx.messages.supersedeTurn(turnId);
    await sendAll(await compose([earlier, later]));
    expect(await timesAnswered([earlier, later])).toEqual([1, 1]);
  });

  test('or after storing the words and before noting them, the customer’s day on WhatsApp still begins', async () => {
    const garage = await env.newBusiness();
    const { compose, words, sendAll, timesAnswered, conversationId } = aConversation(garage);
    const said = words(1);
    await compose([said]);
    await garage.ctx.messages.supersedeTurn((await compose([said])).turnId);
    await env.installation.db.conversations.collection.updateOne({ _id: conversationId as never }, { $unset: { lastInboundAt: 1 } });
    await sendAll(await compose([said]));
    expect(await timesAnswered([said])).toEqual([1]);
  });
});

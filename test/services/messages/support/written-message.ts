import { randomUUID } from 'node:crypto';
import type { OutboundId } from '#domain/ids';
import { conversationIdOf } from '#services/conversations/conversation-address';
import { planOutbound } from '#services/messages/plan-outbound';
import { storeInbound } from '#services/messages/store-inbound';
import type { FaultRequest } from '#simulator/faults';
import type { TestBusiness } from '../../../support/test-business.ts';
import type { TestEnv } from '../../../support/test-env.ts';

export interface WrittenMessage {
  outboundId: OutboundId;
  customer: string;
  text: string;
}

/** A customer wrote, and an answer is written that nobody has sent yet. */
export async function aWrittenMessage(
  garage: TestBusiness,
  options: { channel?: 'sms' | 'whatsapp'; customer?: string; text?: string } = {},
): Promise<WrittenMessage> {
  const { channel = 'sms', customer = garage.phone().e164, text = 'De Golf staat klaar.' } = options;
  const address = { channel, customerAddress: customer, businessAddress: garage.e164 };
  const { conversation } = await storeInbound(garage.ctx, {
    ...address,
    conversationId: conversationIdOf(garage.ctx, address),
    messages: [{ messageId: `SM${randomUUID().replaceAll('-', '')}`, text: 'Hallo', media: [], receivedAtMs: garage.ctx.clock.nowMs(), kind: 'text' }],
  });
  const outboundId = `${conversation.id}.${randomUUID()}.0` as OutboundId;
  await planOutbound(garage.ctx, { outboundId, conversation, role: 'assistant', text });
  return { outboundId, customer, text };
}

/** How often the simulated Twilio accepted this very message: the judge of "sent once". */
export const timesAccepted = (env: TestEnv, outboundId: OutboundId): number =>
  env.simulator.world.ledger.since(0).filter((entry) => entry.kind === 'message.accepted' && entry.outboundId === outboundId).length;

export function addFault(env: TestEnv, fault: FaultRequest): void {
  env.simulator.world.faults.add({ rate: 1, seed: 1, match: {}, ...fault } as Parameters<typeof env.simulator.world.faults.add>[0]);
}

import { setTimeout as pause } from 'node:timers/promises';
import { unavailable } from '#domain/failure';
import type { InboundMessage } from '#domain/messages/inbound';
import type { ConversationAddress } from '../conversations/conversation-address.ts';
import { signalMessage } from '../conversations/conversation-workflow.ts';
import type { ServiceContext } from '../context.ts';
import { temporalBreaker } from './temporal-breaker.ts';

/** How long Temporal alone has the chance to make a message durable before MongoDB races it. */
const HEAD_START_MS = 150;
/** A signal that meets a run continuing as new is accepted up to 2 s late, so the deadline is generous: MongoDB answers first. */
const SIGNAL_DEADLINE_MS = 5_000;

export interface ReceiveMessageInput {
  conversation: ConversationAddress;
  message: InboundMessage;
}

type Durable = { durable: 'temporal' | 'parked' };

/**
 * The one durable act behind every acknowledgement: the message is in its workflow's history, or parked in MongoDB from
 * where it is swept into the workflow. Safe to repeat: each message id is taken once, whichever way it comes.
 * @throws Failure `intake.unavailable` when neither store took it; nothing may be acknowledged then.
 */
export async function receiveMessage(ctx: ServiceContext, input: ReceiveMessageInput): Promise<Durable> {
  const breaker = temporalBreaker(ctx.temporal);
  if (breaker.isOpen()) {
    const parked = await park(ctx, input).catch(() => undefined);
    // With MongoDB away as well, Temporal may be back before the breaker noticed.
    if (parked) return parked;
  }
  const signalled = signal(ctx, input);
  const raced = parkUnlessDurableSoon(ctx, input, signalled);
  try {
    return await Promise.any([signalled, raced]);
  } catch {
    throw unavailable('intake', 'The message could not be stored; please send it again.');
  }
}

async function signal(ctx: ServiceContext, { conversation, message }: ReceiveMessageInput): Promise<Durable> {
  const breaker = temporalBreaker(ctx.temporal);
  try {
    await signalMessage(ctx, conversation, message, SIGNAL_DEADLINE_MS);
    breaker.succeeded();
    return { durable: 'temporal' };
  } catch (thrown) {
    breaker.failed();
    throw thrown;
  }
}

async function parkUnlessDurableSoon(ctx: ServiceContext, input: ReceiveMessageInput, signalled: Promise<Durable>): Promise<Durable> {
  const soon = await Promise.race([
    signalled.then(
      () => 'durable' as const,
      () => 'failed' as const,
    ),
    pause(HEAD_START_MS, 'slow' as const),
  ]);
  return soon === 'durable' ? await signalled : await park(ctx, input);
}

async function park(ctx: ServiceContext, { conversation, message }: ReceiveMessageInput): Promise<Durable> {
  await ctx.parkedInbound.park({ businessId: ctx.businessId, ...conversation, message });
  return { durable: 'parked' };
}

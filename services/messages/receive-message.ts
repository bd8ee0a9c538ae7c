import { setTimeout as pause } from 'node:timers/promises';
import { unavailable } from '#domain/failure';
import type { InboundMessage } from '#domain/messages/inbound';
import { bounded } from '#platform/mongo/bounded';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from '../conversations/conversation-address.ts';
import { signalMessage } from '../conversations/conversation-workflow.ts';
import { temporalBreaker } from './temporal-breaker.ts';

/** How long Temporal alone has the chance to make a message durable before MongoDB races it. */
const HEAD_START_MS = 150;
/** A signal that meets a run continuing as new is accepted up to 2 s late, so the deadline is generous: MongoDB answers first. */
const SIGNAL_DEADLINE_MS = 5_000;
/** While Temporal is known to be away, one look whether it is back must not use up the time in which Twilio tries again (15 s). */
const SIGNAL_DEADLINE_WHILE_AWAY_MS = 1_000;
/** A journaled write on a slow disk, and no more: a MongoDB that hangs must not keep the refusal from Twilio. */
const PARK_WITHIN_MS = 1_000;

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
    if (parked) return { durable: 'parked' };
  }
  const signalled = signal(ctx, input, breaker.isOpen() ? SIGNAL_DEADLINE_WHILE_AWAY_MS : SIGNAL_DEADLINE_MS);
  const raced = parkUnlessDurableSoon(ctx, input, signalled);
  try {
    return await Promise.any([signalled, raced]);
  } catch {
    throw unavailable('intake', 'The message could not be stored; please send it again.');
  }
}

async function signal(ctx: ServiceContext, { conversation, message }: ReceiveMessageInput, withinMs: number): Promise<Durable> {
  const breaker = temporalBreaker(ctx.temporal);
  try {
    await signalMessage(ctx, conversation, message, withinMs);
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
  if (soon === 'durable') return await signalled;
  const parked = await park(ctx, input);
  // Late is not never: once the workflow has the message, nothing is left to sweep.
  signalled.then(() => ctx.parkedInbound.remove(parked.id)).catch(() => undefined);
  return { durable: 'parked' };
}

async function park(ctx: ServiceContext, { conversation, message }: ReceiveMessageInput): Promise<Durable & { id: string }> {
  const { id } = await bounded(PARK_WITHIN_MS, ctx.parkedInbound.park({ businessId: ctx.businessId, ...conversation, message }));
  return { durable: 'parked', id };
}

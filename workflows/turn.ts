import { ActivityFailure, isCancellation, log, sleep } from '@temporalio/workflow';
import { ASSISTANT } from '#domain/conversations/owner';
import type { OutboundId, TurnId } from '#domain/ids';
import { turnIdOf } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { ComposedTurn } from './contracts/activities.ts';
import { isWithMember, markAnswered, takeInbox } from './conversation.state.ts';
import { deliverUntilSettled, goOnParked } from './delivery.ts';
import type { ConversationRun } from './run.ts';

const ONE_MINUTE = 60_000;

/** One burst of the customer's messages and the one reply that covers it. */
export async function takeTurn(run: ConversationRun): Promise<void> {
  await untilCustomerPauses(run);
  const { burst, reply } = await composeForAllWords(run);
  const { state, answers, stage } = run;
  const messageIds = burst.map((message) => message.messageId);

  if (isWithMember(state) && !reply.mustSend) {
    if (reply.outbound.length > 0) await run.steps.dropReply({ conversation: run.conversation, turnId: reply.turnId, messageIds, reason: 'takeover' });
    answers.resolve(messageIds, { state: 'with_staff' });
    stage.is('idle', state);
    return;
  }
  // On web chat the answer was published when it was written; what else there is (a fixed text) is sent like anything.
  const toSend = reply.answer ? [] : reply.outbound;
  for (const outboundId of toSend) await send(run, outboundId);
  answers.resolve(messageIds, reply.answer ? { state: 'answered', ...reply.answer } : { state: 'silent' });
  state.turns += 1;
  state.lastActivityAtMs = Date.now();
  // After a hand-over the customer still waits: for a person.
  if (reply.handedOverTo) state.owner = reply.handedOverTo;
  else if (state.inbox.length === 0) markAnswered(state);
  stage.is('idle', state);
}

/** Sends what staff or the system wrote, in the order it was asked for. */
export async function sendWritten(run: ConversationRun): Promise<void> {
  const { state } = run;
  while (state.toDeliver.length > 0) {
    const outboundId = state.toDeliver[0] as OutboundId;
    await send(run, outboundId);
    state.toDeliver.shift();
    markAnswered(state);
  }
  run.stage.is('idle', state);
}

export async function send(run: ConversationRun, outboundId: OutboundId): Promise<void> {
  const { businessId } = run.conversation;
  run.stage.is('sending', run.state);
  const settled = await deliverUntilSettled({ businessId, outboundId }, run.steps, run.input.timings, () => run.stage.is('checking', run.state));
  if (settled === 'parked') await goOnParked({ businessId, outboundId }, run.input.queuePrefix, run.input.timings);
}

/** Composes, and composes again when words arrived meanwhile: a burst gets one reply, however it is split. */
async function composeForAllWords(run: ConversationRun): Promise<{ burst: InboundMessage[]; reply: ComposedTurn }> {
  const { state, input } = run;
  const burst = takeInbox(state);
  let reply = await compose(run, burst);
  const rethinks = input.channel === 'web' ? 0 : input.timings.maxRethinks;
  for (let n = 0; n < rethinks && state.inbox.length > 0 && !isWithMember(state); n += 1) {
    await untilCustomerPauses(run);
    burst.push(...takeInbox(state));
    reply = await compose(run, burst, reply.turnId);
  }
  return { burst, reply };
}

/** Never gives up: past its deadline staff are told, and past the last deadline a fixed text takes the reply's place. */
async function compose(run: ConversationRun, messages: InboundMessage[], supersedes?: TurnId): Promise<ComposedTurn> {
  const { conversation, state, steps, input } = run;
  run.stage.is('thinking', state);
  for (;;) {
    try {
      const reply = await steps.composeReply({ conversation, messages, supersedes });
      // A takeover or handback while composing is newer than what the activity read.
      state.owner ??= reply.owner;
      return reply;
    } catch (thrown) {
      if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
      log.warn('no reply within the deadline', { retryState: thrown.retryState });
      await tellStaff(run);
      const waitedMs = Date.now() - (state.unansweredSinceMs ?? Date.now());
      if (waitedMs >= input.timings.fallbackAfterMs) return await fallBack(run, messages, supersedes);
    }
  }
}

async function fallBack({ conversation, steps }: ConversationRun, messages: InboundMessage[], supersedes?: TurnId): Promise<ComposedTurn> {
  const last = messages.at(-1)?.messageId ?? '';
  const turnId = supersedes ?? turnIdOf(conversation.conversationId, last);
  await steps.dropReply({ conversation, turnId, messageIds: messages.map((message) => message.messageId), reason: 'fallback' });
  const outboundId = await steps.planNotice({ conversation, notice: 'we_will_come_back', noticeKey: last });
  return { turnId, owner: ASSISTANT, outbound: outboundId ? [outboundId] : [] };
}

/** Raises the alert once per unanswered message. */
export async function tellStaff({ conversation, state, steps }: ConversationRun): Promise<void> {
  if (state.alerted || state.unansweredSinceMs === undefined) return;
  state.alerted = true;
  await steps.raiseReplyOverdue({ conversation, unansweredSinceMs: state.unansweredSinceMs });
}

/** The fixed text that says somebody will come back; written once per unanswered message. */
export async function sendFallback(run: ConversationRun): Promise<void> {
  const { conversation, state, steps } = run;
  const outboundId = await steps.planNotice({ conversation, notice: 'we_will_come_back', noticeKey: String(state.unansweredSinceMs) });
  if (outboundId) await send(run, outboundId);
  markAnswered(state);
}

/** On SMS and WhatsApp people write in pieces: wait until they pause, but never longer than a burst may last. */
async function untilCustomerPauses(run: ConversationRun): Promise<void> {
  const { state, stage, input } = run;
  const { quietMs, maxBurstMs } = input.timings;
  const firstWordMs = Date.now();
  for (;;) {
    const throttledUntilMs = Math.max(0, ...state.inbox.map((message) => message.throttledUntilMs ?? 0));
    if (throttledUntilMs > Date.now()) await askToSlowDown(run);
    const pausedAtMs = quietMs === 0 ? 0 : Math.min(state.lastActivityAtMs + quietMs, firstWordMs + maxBurstMs);
    const waitMs = Math.max(pausedAtMs, throttledUntilMs) - Date.now();
    if (waitMs <= 0) return;
    stage.is('listening', state);
    await sleep(waitMs, { summary: 'until the customer pauses' });
  }
}

/** At most once a minute; what they wrote is answered when their rate allows it. */
async function askToSlowDown(run: ConversationRun): Promise<void> {
  const { conversation, state, steps } = run;
  if (isWithMember(state) || Date.now() - (state.lastSlowDownAtMs ?? 0) < ONE_MINUTE) return;
  state.lastSlowDownAtMs = Date.now();
  const outboundId = await steps.planNotice({ conversation, notice: 'slow_down', noticeKey: String(Math.floor(Date.now() / ONE_MINUTE)) });
  if (outboundId) await send(run, outboundId);
}

import { allHandlersFinished, condition, continueAsNew, isCancellation, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Owner } from '#domain/conversations/owner';
import { ASSISTANT } from '#domain/conversations/owner';
import { activitiesOf } from './activities.ts';
import type { Due } from './alarm.ts';
import { Alarm } from './alarm.ts';
import { ChatAnswers } from './chat-answers.ts';
import type { ConversationInput } from './contracts/conversation.ts';
import { askAssistant, deliverOutbound, handBack, liveConversation, messageReceived, takeOver } from './contracts/conversation.ts';
import { accept, freshState, markAnswered } from './conversation.state.ts';
import type { ConversationRun } from './run.ts';
import { Stage } from './stage.ts';
import { sendFallback, sendWritten, takeTurn, tellStaff } from './turn.ts';

/**
 * One customer, one channel, one number. It lives while something happens and closes when idle: the record is in MongoDB,
 * and the next message starts a new run under the same id.
 */
export async function conversation(input: ConversationInput): Promise<void> {
  const { businessId, conversationId, channel, customerAddress, businessAddress, timings } = input;
  const state = input.carriedOver ?? freshState(Date.now());
  const answers = new ChatAnswers();
  const stage = new Stage();
  const steps = activitiesOf(input.queuePrefix, { replyWithinMs: timings.alertAfterMs, thinksInline: input.thinksInline });
  const run: ConversationRun = { input, conversation: { businessId, conversationId, channel, customerAddress, businessAddress }, state, answers, stage, steps };

  setHandler(messageReceived, (message) => {
    accept(state, message, Date.now());
  });
  setHandler(askAssistant, async (message) => {
    const isNew = accept(state, message, Date.now());
    return isNew || answers.knows(message.messageId) ? await answers.of(message.messageId) : { state: 'again' as const };
  });
  setHandler(takeOver, ({ memberId }) => changeOwner(run, { type: 'member', memberId, sinceMs: Date.now() }));
  setHandler(handBack, () => changeOwner(run, ASSISTANT));
  setHandler(deliverOutbound, ({ outboundId }) => {
    state.lastActivityAtMs = Date.now();
    if (!state.toDeliver.includes(outboundId)) state.toDeliver.push(outboundId);
  });
  setHandler(liveConversation, () => stage.describe(state));

  const alarm = new Alarm(state, timings);
  alarm.watch().catch((thrown: unknown) => {
    // Unhandled, a cancelled floating promise would fail every workflow task from here on.
    if (!isCancellation(thrown)) throw thrown;
  });

  const hasWork = () => state.inbox.length > 0 || state.toDeliver.length > 0;
  const isLong = () => {
    const { continueAsNewSuggested, historyLength, runStartTime } = workflowInfo();
    return continueAsNewSuggested || historyLength > timings.historyLimit || Date.now() - runStartTime.getTime() > timings.runForMs;
  };

  while (!isLong()) {
    await condition(() => hasWork() || alarm.ringing !== undefined || isLong());
    if (state.toDeliver.length > 0) await sendWritten(run);
    else if (state.inbox.length > 0) await takeTurn(run);
    else if (alarm.ringing === 'close') {
      await condition(allHandlersFinished);
      if (!hasWork()) return;
    } else if (alarm.ringing !== undefined) await keepPromise(run, alarm.ringing);
    alarm.ringing = undefined;
  }

  answers.resolveAll({ state: 'again' });
  await condition(allHandlersFinished);
  await continueAsNew<typeof conversation>({ ...input, carriedOver: state });
}

async function changeOwner({ conversation: ref, state, answers, steps }: ConversationRun, owner: Owner): Promise<Owner> {
  state.owner = owner;
  state.lastActivityAtMs = Date.now();
  if (owner.type === 'member') answers.resolveAll({ state: 'with_staff' });
  else markAnswered(state);
  await steps.changeOwner({ conversation: ref, owner });
  return owner;
}

async function keepPromise(run: ConversationRun, due: Exclude<Due, 'close'>): Promise<void> {
  switch (due) {
    case 'alert_staff':
      return await tellStaff(run);
    case 'send_fallback':
      return await sendFallback(run);
    case 'end_takeover':
      await changeOwner(run, ASSISTANT);
  }
}

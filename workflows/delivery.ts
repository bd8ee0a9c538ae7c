import { sleep, startChild } from '@temporalio/workflow';
import type { ConversationTimings } from '#domain/conversations/timings';
import type { BusinessId, OutboundId } from '#domain/ids';
import { EMPTY_LOOKS_THAT_PROVE_ABSENCE } from '#domain/messages/delivery';
import type { MessagingActivities } from './contracts/activities.ts';
import type { ParkedDeliveryInput } from './contracts/parked-delivery.ts';
import { PARKED_DELIVERY_WORKFLOW, parkedDeliveryWorkflowId } from './contracts/parked-delivery.ts';

type Sending = Pick<MessagingActivities, 'deliver' | 'reconcile' | 'park'>;
type Target = { businessId: BusinessId; outboundId: OutboundId };

/** With Twilio's list failing too, looking goes on this many times before the send is parked. */
const LOOKS_BEFORE_PARKING = EMPTY_LOOKS_THAT_PROVE_ABSENCE + 2;

/**
 * Sends one written message: quick tries on definite failures, and never a second call while the first may have worked.
 * `parked` means it waits for something and somebody else will go on with it.
 */
export async function deliverUntilSettled(
  target: Target,
  steps: Sending,
  timings: ConversationTimings,
  onDoubt: () => void = () => {},
): Promise<'settled' | 'parked'> {
  for (let tries = 0; ; tries += 1) {
    const result = await steps.deliver(target);
    switch (result.outcome) {
      case 'retryable':
        await sleep(result.waitMs ?? pauseAfter(tries, timings.sendRetryMs), { summary: 'before the next try' });
        break;
      case 'unknown': {
        onDoubt();
        const seen = await lookForIt(target, steps, timings);
        if (seen === 'found') return 'settled';
        if (seen === 'absent') break;
        await steps.park({ ...target, nextTryInMs: pauseAfter(0, timings.parkedRetryMs) });
        return 'parked';
      }
      case 'parked':
        // Only staff can choose a template; the other waits end by themselves.
        return result.waitsFor === 'template' ? 'settled' : 'parked';
      default:
        return 'settled';
    }
  }
}

/** The last pause repeats. */
export const pauseAfter = (tries: number, pausesMs: readonly number[]): number => pausesMs[Math.min(tries, pausesMs.length - 1)] ?? 60_000;

/** Absent means: no callback, and enough empty lists in a row. Only then may the message be sent again. */
async function lookForIt(target: Target, steps: Sending, timings: ConversationTimings): Promise<'found' | 'absent' | 'undecided'> {
  for (let looks = 0; looks < LOOKS_BEFORE_PARKING; looks += 1) {
    await sleep(timings.reconcileEveryMs, { summary: 'before looking at Twilio' });
    const look = await steps.reconcile(target);
    if (look.found) return 'found';
    if (look.busyForMs) {
      await sleep(look.busyForMs, { summary: 'somebody may still be sending' });
      looks -= 1;
    }
    if (look.emptyLooks >= EMPTY_LOOKS_THAT_PROVE_ABSENCE) return 'absent';
  }
  return 'undecided';
}

/** A parked send goes on in a workflow of its own, so that the conversation does not wait for it. */
export async function goOnParked(target: Target, queuePrefix: string, timings: ConversationTimings): Promise<void> {
  const input: ParkedDeliveryInput = { ...target, queuePrefix, timings };
  await startChild(PARKED_DELIVERY_WORKFLOW, {
    workflowId: parkedDeliveryWorkflowId(target.businessId, target.outboundId),
    args: [input],
    parentClosePolicy: 'ABANDON',
  }).catch((thrown: unknown) => {
    // Already going on: a second park of the same message needs no second workflow.
    if (!(thrown instanceof Error) || thrown.name !== 'WorkflowExecutionAlreadyStartedError') throw thrown;
  });
}

import { sleep } from '@temporalio/workflow';
import { activitiesOf } from './activities.ts';
import type { ParkedDeliveryInput } from './contracts/parked-delivery.ts';
import { deliverUntilSettled, pauseAfter } from './delivery.ts';

/** A message that Twilio would not take: tried again slowly for as long as it is worth sending, then ended with its reason. */
export async function parkedDelivery({ businessId, outboundId, queuePrefix, timings }: ParkedDeliveryInput): Promise<void> {
  const steps = activitiesOf(queuePrefix, { replyWithinMs: timings.alertAfterMs, thinksInline: false });
  const target = { businessId, outboundId };
  const notAfterMs = Date.now() + timings.parkedForMs;

  for (let tries = 0; Date.now() < notAfterMs; tries += 1) {
    await sleep(Math.min(pauseAfter(tries, timings.parkedRetryMs), notAfterMs - Date.now()), { summary: 'before the next slow try' });
    if ((await deliverUntilSettled(target, steps, timings)) === 'settled') return;
  }
  await steps.expireParked(target);
}

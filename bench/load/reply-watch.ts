import type { LedgerEntry } from '../world/simulator.client.ts';
import type { Answers } from './answers.ts';
import { createAnswers } from './answers.ts';
import { followLines } from './follow-lines.ts';

/** Knows when Twilio accepted the reply to a message, from the simulator's ledger, as it happens. */
export interface ReplyWatch extends AsyncDisposable {
  /**
   * When the reply that covers this message was accepted, in milliseconds since the epoch; to be asked for when the
   * message is written. Rejects after `timeoutMs`.
   */
  replyTo(customer: number, messageSid: string, timeoutMs: number): Promise<number>;
  /** The same for a message staff wrote, by its outbound id. */
  sent: Answers['of'];
}

/** An outbound id ends in the id of the last message it covers and a count. */
const LAST_COVERED = /\.(SM[0-9a-f]{32})\.\d+$/;

export async function watchReplies(simulatorUrl: string): Promise<ReplyWatch> {
  const replies = createReplies();
  const sends = createAnswers();
  const lines = followLines(`${simulatorUrl}/_sim/stream`, (line) => {
    if (!line.startsWith('data:') || !line.includes('"kind":"message.accepted"')) return;
    const { at, outboundId = '' } = JSON.parse(line.slice('data:'.length)) as LedgerEntry;
    const covered = LAST_COVERED.exec(outboundId)?.[1];
    if (covered) replies.note(covered, Date.parse(at));
    else sends.note(outboundId, Date.parse(at));
  });
  await lines.ready;
  return { replyTo: replies.of, sent: sends.of, [Symbol.asyncDispose]: () => lines[Symbol.asyncDispose]() };
}

/** A burst gets one reply, named after its last message: with it, whatever the customer wrote before is answered too. */
export function createReplies() {
  const answers = createAnswers();
  const customerOf = new Map<string, number>();
  const unanswered = new Map<number, string[]>();
  return {
    note(messageSid: string, atMs: number): void {
      const waiting = unanswered.get(customerOf.get(messageSid) ?? Number.NaN) ?? [];
      for (const covered of waiting.splice(0, waiting.indexOf(messageSid) + 1)) {
        customerOf.delete(covered);
        answers.note(covered, atMs);
      }
    },
    of(customer: number, messageSid: string, timeoutMs: number): Promise<number> {
      customerOf.set(messageSid, customer);
      unanswered.set(customer, [...(unanswered.get(customer) ?? []), messageSid]);
      return answers.of(messageSid, timeoutMs);
    },
  };
}

import type { LedgerEntry } from '../world/simulator.client.ts';
import type { Answers } from './answers.ts';
import { createAnswers } from './answers.ts';
import { followLines } from './follow-lines.ts';

/** Knows when Twilio accepted the reply to a message, from the simulator's ledger, as it happens. */
export interface ReplyWatch extends AsyncDisposable {
  /** Milliseconds since the epoch, by the id of the last message the reply covers. Rejects after `timeoutMs`. */
  replyTo: Answers['of'];
  /** The same for a message staff wrote, by the end of its outbound id. */
  sent: Answers['of'];
}

/** An outbound id ends in the id of the last message it covers and a count. */
const COVERED = /\.(SM[0-9a-f]{32})\.\d+$/;

export async function watchReplies(simulatorUrl: string): Promise<ReplyWatch> {
  const replies = createAnswers();
  const sends = createAnswers();
  const lines = followLines(`${simulatorUrl}/_sim/stream`, (line) => {
    if (!line.startsWith('data:') || !line.includes('"kind":"message.accepted"')) return;
    const { at, outboundId = '' } = JSON.parse(line.slice('data:'.length)) as LedgerEntry;
    const covered = COVERED.exec(outboundId)?.[1];
    if (covered) replies.note(covered, Date.parse(at));
    else sends.note(outboundId, Date.parse(at));
  });
  await lines.ready;
  return { replyTo: replies.of, sent: sends.of, [Symbol.asyncDispose]: () => lines[Symbol.asyncDispose]() };
}

import { isSettled } from '#domain/messages/delivery';
import type { LedgerEntry } from '#simulator/ledger';
import type { WebhookAttempt } from './simulated-twilio.client.ts';
import type { InboundRow, OutboundRow } from './stack-records.ts';

/** One message that somebody's phone sent, and how its webhook went. */
export interface Written {
  messageSid: string;
  from: string;
  deliveries: WebhookAttempt[];
}

export interface Evidence {
  written: readonly Written[];
  ledger: readonly LedgerEntry[];
  inbound: readonly InboundRow[];
  outbound: readonly OutboundRow[];
  onceParked: ReadonlySet<string>;
  parkedInbound: number;
  brokenRuns: readonly string[];
}

/** The invariants of docs/operations/reliability, each with everything that breaks it. */
export interface Violations {
  /** Acknowledged, and lost. */
  I1: string[];
  /** Not covered by exactly one reply that went out, or one recorded reason. */
  I2: string[];
  /** Sent twice, or sent without answering anything. */
  I3: string[];
  /** A reply overtook an earlier one of the same conversation. */
  I4: string[];
  /** Still open after everything had its time, or a run that broke. */
  I6: string[];
}

export interface Verdict {
  violations: Violations;
  isClean: boolean;
  counts: {
    messages: number;
    customers: number;
    replies: number;
    coveredByReply: number;
    coveredByReason: number;
    acknowledged: number;
    refused: number;
    unanswered: number;
    recovered: number;
    parkedSends: number;
  };
}

const isAcknowledged = (status: number | null): boolean => status !== null && (status < 400 || status === 429);

/** Judges by what left the building: the ledger of the simulated Twilio, with the product's records only to say which reply covers what. */
export function judge(evidence: Evidence): Verdict {
  const { written, ledger, inbound, outbound } = evidence;
  const accepted = ledger.filter(({ kind }) => kind === 'message.accepted');
  const sends = countBy(accepted, ({ outboundId }) => outboundId ?? 'no id');
  const stateOf = new Map(outbound.map(({ outboundId, state }) => [outboundId, state]));
  const rows = new Map(inbound.map((row) => [row.sid, row]));
  const violations: Violations = { I1: [], I2: [], I3: [], I4: [], I6: [] };

  for (const { messageSid, deliveries } of written) {
    const row = rows.get(messageSid);
    if (!row && deliveries.some(({ status }) => isAcknowledged(status))) violations.I1.push(`${messageSid} was acknowledged and is nowhere`);
    if (!row) violations.I2.push(`${messageSid} has no row`);
    else if (row.coveredBy !== undefined && row.coverReason !== undefined) violations.I2.push(`${messageSid} is covered twice`);
    else if (row.coveredBy !== undefined && sends.get(row.coveredBy) !== 1)
      violations.I2.push(
        `${messageSid} is covered by ${row.coveredBy}, which is ${stateOf.get(row.coveredBy) ?? 'nowhere'} and was sent ${sends.get(row.coveredBy) ?? 0} times`,
      );
    else if (row.coveredBy === undefined && row.coverReason === undefined) violations.I2.push(`${messageSid} is not covered`);
  }
  const covers = new Set(inbound.map((row) => row.coveredBy));
  for (const [outboundId, times] of sends) {
    if (times > 1) violations.I3.push(`${outboundId} was sent ${times} times`);
    if (!covers.has(outboundId)) violations.I3.push(`${outboundId} was sent and answers nothing`);
  }
  violations.I4 = overtaking(evidence, accepted);
  for (const { outboundId, state } of outbound) if (!isSettled(state)) violations.I6.push(`${outboundId} is ${state}`);
  if (evidence.parkedInbound > 0) violations.I6.push(`${evidence.parkedInbound} messages are parked`);
  violations.I6.push(...evidence.brokenRuns);

  const answered = written.filter(({ deliveries }) => deliveries.some(({ status }) => isAcknowledged(status)));
  const refused = written.filter(
    ({ deliveries }) => !answered.some((one) => one.deliveries === deliveries) && deliveries.some(({ status }) => status !== null),
  );
  return {
    violations,
    isClean: Object.values(violations).every((broken: string[]) => broken.length === 0),
    counts: {
      messages: written.length,
      customers: new Set(written.map(({ from }) => from)).size,
      replies: accepted.length,
      coveredByReply: inbound.filter((row) => row.coveredBy !== undefined).length,
      coveredByReason: inbound.filter((row) => row.coverReason !== undefined).length,
      acknowledged: answered.length,
      refused: refused.length,
      unanswered: written.length - answered.length - refused.length,
      recovered: written.filter((one) => !answered.includes(one) && rows.has(one.messageSid)).length,
      parkedSends: evidence.onceParked.size,
    },
  };
}

/** Replies of a conversation go out in the order in which it took the messages in. A send that was put aside may be overtaken. */
function overtaking({ inbound, onceParked }: Evidence, accepted: readonly LedgerEntry[]): string[] {
  const takenAt = new Map<string, number>();
  const conversationOf = new Map<string, string>();
  for (const { coveredBy, createdAt, conversationId } of inbound) {
    if (coveredBy === undefined) continue;
    takenAt.set(coveredBy, Math.max(takenAt.get(coveredBy) ?? 0, createdAt));
    conversationOf.set(coveredBy, conversationId);
  }
  const latest = new Map<string, number>();
  const overtaken: string[] = [];
  for (const { outboundId = '' } of accepted) {
    const at = takenAt.get(outboundId);
    const conversation = conversationOf.get(outboundId) ?? '';
    if (at === undefined || onceParked.has(outboundId)) continue;
    if (at < (latest.get(conversation) ?? 0)) overtaken.push(`${outboundId} went out after a reply to later words`);
    latest.set(conversation, Math.max(at, latest.get(conversation) ?? 0));
  }
  return overtaken;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

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
  const violations: Violations = {
    I1: written
      .filter((one) => !rows.has(one.messageSid) && one.deliveries.some(({ status }) => isAcknowledged(status)))
      .map(({ messageSid }) => `${messageSid} was acknowledged and is nowhere`),
    I2: written.flatMap(({ messageSid }) => whatIsWrongWith(messageSid, rows.get(messageSid), { sends, stateOf })),
    I3: sentWrongly(inbound, sends),
    I4: overtaking(evidence, accepted),
    I6: unfinished(evidence),
  };

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

/** Covered by exactly one reply that went out once, or by one recorded reason. */
function whatIsWrongWith(
  messageSid: string,
  row: Evidence['inbound'][number] | undefined,
  { sends, stateOf }: { sends: Map<string, number>; stateOf: Map<string, string> },
): string[] {
  if (!row) return [`${messageSid} has no row`];
  const { coveredBy, coverReason } = row;
  if (coveredBy === undefined) return coverReason === undefined ? [`${messageSid} is not covered`] : [];
  if (coverReason !== undefined) return [`${messageSid} is covered twice`];
  const times = sends.get(coveredBy) ?? 0;
  return times === 1 ? [] : [`${messageSid} is covered by ${coveredBy}, which is ${stateOf.get(coveredBy) ?? 'nowhere'} and was sent ${times} times`];
}

function sentWrongly(inbound: Evidence['inbound'], sends: Map<string, number>): string[] {
  const covers = new Set(inbound.map((row) => row.coveredBy));
  return [...sends].flatMap(([outboundId, times]) => [
    ...(times > 1 ? [`${outboundId} was sent ${times} times`] : []),
    ...(covers.has(outboundId) ? [] : [`${outboundId} was sent and answers nothing`]),
  ]);
}

const unfinished = ({ outbound, parkedInbound, brokenRuns }: Evidence): string[] => [
  ...outbound.filter(({ state }) => !isSettled(state)).map(({ outboundId, state }) => `${outboundId} is ${state}`),
  ...(parkedInbound > 0 ? [`${parkedInbound} messages are parked`] : []),
  ...brokenRuns,
];

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

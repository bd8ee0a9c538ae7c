import { randomUUID } from 'node:crypto';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Channel } from '#domain/channel';
import type { ConversationTimings } from '#domain/conversations/timings';
import { PRODUCTION_TIMINGS } from '#domain/conversations/timings';
import type { BusinessId, ConversationId, MemberId, OutboundId } from '#domain/ids';
import { outboundIdOf, turnIdOf } from '#domain/ids';
import type { DeliveryOutcome, ReconcileOutcome } from '#domain/messages/delivery';
import type { InboundMessage } from '#domain/messages/inbound';
import type { ConversationActivities, MessagingActivities } from '#workflows/contracts/activities';
import type { ConversationInput } from '#workflows/contracts/conversation';
import {
  askAssistant,
  conversationWorkflowId,
  deliverOutbound,
  handBack,
  liveConversation,
  messageReceived,
  takeOver,
} from '#workflows/contracts/conversation';
import type { conversation } from '#workflows/conversation.workflow';
import { quietTemporal } from '../../support/quiet-temporal.ts';

/** Waits short enough for a test and long enough for a busy machine. */
export const SHORT: ConversationTimings = {
  ...PRODUCTION_TIMINGS,
  quietMs: 250,
  maxBurstMs: 1_500,
  idleMs: 60_000,
  takeoverIdleMs: 60_000,
  alertAfterMs: 30_000,
  fallbackAfterMs: 60_000,
  sendRetryMs: [20, 40, 80],
  reconcileEveryMs: 30,
  parkedRetryMs: [50, 100],
  parkedForMs: 5_000,
};

/** Stands in for everything outside the workflow and remembers what it was asked to do. */
export interface Desk extends AsyncDisposable {
  client: Client;
  queuePrefix: string;
  /** What was done, in order: "compose m1+m2", "deliver m2", "owner member" … */
  log: string[];
  /** Replace to script what the outside world does. */
  onCompose: (messages: InboundMessage[]) => Promise<void> | void;
  onDeliver: (outboundId: OutboundId, tries: number) => DeliveryOutcome | Promise<DeliveryOutcome>;
  onReconcile: (outboundId: OutboundId, looks: number) => ReconcileOutcome;
  /** undefined: nobody hands over. */
  handOver: boolean;
  stopWorkers(): Promise<void>;
  startWorkers(): Promise<void>;
}

export async function startDesk(): Promise<Desk> {
  quietTemporal();
  const address = process.env['TEST_TEMPORAL_ADDRESS'];
  const codePath = process.env['TEST_WORKFLOW_BUNDLE'];
  if (!address || !codePath) throw new Error('Run through jest: its set-up starts Temporal and builds the workflows.');
  const queuePrefix = `t${randomUUID().slice(0, 8)}-`;
  const client = new Client({ connection: await Connection.connect({ address }) });
  const tries = new Map<string, number>();
  const looks = new Map<string, number>();
  const count = (counter: Map<string, number>, id: string): number => {
    counter.set(id, (counter.get(id) ?? 0) + 1);
    return counter.get(id) ?? 0;
  };

  const conversationSteps: ConversationActivities = {
    async composeReply({ conversation: { conversationId, channel }, messages, supersedes }) {
      const words = messages.map((message) => message.messageId).join('+');
      desk.log.push(supersedes ? `compose ${words} instead of ${supersedes.split('.').at(-1)}` : `compose ${words}`);
      await desk.onCompose(messages);
      const turnId = turnIdOf(conversationId, messages.at(-1)?.messageId ?? '');
      const outboundId = outboundIdOf(turnId, 0);
      return {
        turnId,
        owner: { type: 'assistant' },
        outbound: [outboundId],
        handedOverTo: desk.handOver ? { type: 'member', memberId: null, sinceMs: Date.now() } : undefined,
        answer: channel === 'web' ? { outboundId, text: `re: ${words}` } : undefined,
      };
    },
    async dropReply({ messageIds, reason }) {
      desk.log.push(`drop ${messageIds.join('+')} for ${reason}`);
    },
    async changeOwner({ owner }) {
      desk.log.push(`owner ${owner.type}`);
    },
    async raiseReplyOverdue() {
      desk.log.push('alert staff');
    },
    async planNotice({ notice, conversation: { conversationId }, noticeKey }) {
      desk.log.push(`notice ${notice}`);
      return outboundIdOf(turnIdOf(conversationId, `${notice}-${noticeKey}`), 0);
    },
  };
  const messagingSteps: MessagingActivities = {
    async deliver({ outboundId }) {
      const outcome = await desk.onDeliver(outboundId, count(tries, outboundId));
      desk.log.push(`deliver ${nameOf(outboundId)}: ${outcome.outcome}`);
      return outcome;
    },
    async reconcile({ outboundId }) {
      const outcome = desk.onReconcile(outboundId, count(looks, outboundId));
      desk.log.push(`look for ${nameOf(outboundId)}: ${outcome.found ? 'found' : 'nothing'}`);
      return outcome;
    },
    async park({ outboundId }) {
      desk.log.push(`park ${nameOf(outboundId)}`);
    },
    async expireParked({ outboundId }) {
      desk.log.push(`expire ${nameOf(outboundId)}`);
    },
  };

  const native = await NativeConnection.connect({ address });
  let running: { workers: Worker[]; done: Promise<unknown> } | undefined;
  const desk: Desk = {
    client,
    queuePrefix,
    log: [],
    onCompose: () => undefined,
    onDeliver: () => ({ outcome: 'accepted' }),
    onReconcile: () => ({ found: true }),
    handOver: false,
    async startWorkers() {
      const common = { connection: native, workflowBundle: { codePath }, stickyQueueScheduleToStartTimeout: '1s' };
      const workers = await Promise.all([
        Worker.create({ ...common, taskQueue: `${queuePrefix}conversations`, activities: conversationSteps }),
        Worker.create({ connection: native, taskQueue: `${queuePrefix}messaging`, activities: messagingSteps }),
      ]);
      running = { workers, done: Promise.all(workers.map((worker) => worker.run())) };
    },
    async stopWorkers() {
      for (const worker of running?.workers ?? []) worker.shutdown();
      await running?.done;
      running = undefined;
    },
    async [Symbol.asyncDispose]() {
      await desk.stopWorkers();
      await native.close();
      await client.connection.close();
    },
  };
  await desk.startWorkers();
  return desk;
}

/** "c1.m2.0" is the reply to m2. */
const nameOf = (outboundId: OutboundId): string => outboundId.split('.').slice(1, -1).join('.') || outboundId;

/** A customer's conversation at a desk; ids are made up, so every conversation is another customer's. */
export function aConversation(desk: Desk, options: { channel?: Channel; timings?: Partial<ConversationTimings>; thinksInline?: boolean } = {}) {
  const businessId = 'biz_test' as BusinessId;
  const conversationId = randomUUID() as string as ConversationId;
  const input: ConversationInput = {
    businessId,
    conversationId,
    channel: options.channel ?? 'whatsapp',
    customerAddress: 'customer',
    businessAddress: 'business',
    timings: { ...SHORT, ...options.timings },
    thinksInline: options.thinksInline ?? false,
    queuePrefix: desk.queuePrefix,
  };
  const workflowId = conversationWorkflowId(businessId, conversationId);
  const start = {
    workflowId,
    taskQueue: `${desk.queuePrefix}conversations`,
    args: [input] as [ConversationInput],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
  };
  const withStart = () => new WithStartWorkflowOperation<typeof conversation>('conversation', start);
  const message = (messageId: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
    messageId,
    text: `words of ${messageId}`,
    media: [],
    receivedAtMs: Date.now(),
    kind: 'text',
    ...more,
  });
  const { workflow } = desk.client;
  return {
    workflowId,
    conversationId,
    handle: () => workflow.getHandle<typeof conversation>(workflowId),
    says: (messageId: string, more?: Partial<InboundMessage>) =>
      workflow.signalWithStart<typeof conversation, [InboundMessage]>('conversation', {
        ...start,
        signal: messageReceived,
        signalArgs: [message(messageId, more)],
      }),
    asks: (messageId: string) =>
      workflow.executeUpdateWithStart(askAssistant, { args: [message(messageId)], updateId: messageId, startWorkflowOperation: withStart() }),
    takeOver: () =>
      workflow.executeUpdateWithStart(takeOver, { args: [{ memberId: 'mem_anna' as MemberId }], updateId: randomUUID(), startWorkflowOperation: withStart() }),
    handBack: () =>
      workflow.executeUpdateWithStart(handBack, { args: [{ memberId: 'mem_anna' as MemberId }], updateId: randomUUID(), startWorkflowOperation: withStart() }),
    staffWrites: (name: string) =>
      workflow.executeUpdateWithStart(deliverOutbound, {
        args: [{ outboundId: `${conversationId}.${name}.0` as OutboundId }],
        updateId: randomUUID(),
        startWorkflowOperation: withStart(),
      }),
    live: () => workflow.getHandle(workflowId).query(liveConversation),
  };
}

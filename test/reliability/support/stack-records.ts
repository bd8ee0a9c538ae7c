import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { DeliveryState, WaitsFor } from '#domain/messages/delivery';
import type { CoverReason } from '#domain/messages/inbound';
import { connectMongo } from '#platform/mongo/connection';
import { CONVERSATION_WORKFLOW } from '#workflows/contracts/conversation';
import type { PrivateStack } from '../../support/private-stack.ts';

const { EVENT_TYPE_TIMER_FIRED: TIMER_FIRED, EVENT_TYPE_WORKFLOW_TASK_STARTED: WORKFLOW_TASK_STARTED } = proto.temporal.api.enums.v1.EventType;

export interface InboundRow {
  sid: string;
  conversationId: string;
  createdAt: number;
  occurredAt: number;
  coveredBy?: string;
  coverReason?: CoverReason;
}

export interface OutboundRow {
  outboundId: string;
  conversationId: string;
  state: DeliveryState;
  attempts: number;
  waitsFor?: WaitsFor;
}

/** What the product itself has on record; ids and states only, so no key is needed to read it. */
export interface StackRecords extends AsyncDisposable {
  inbound(): Promise<InboundRow[]>;
  outbound(): Promise<OutboundRow[]>;
  parkedInbound(): Promise<number>;
  /** Replies that were put aside once, and so may have been overtaken. */
  onceParked(): Promise<Set<string>>;
  /** Whether the conversation begun last is in the middle of a workflow task after its quiet window: its reply is being composed. */
  isNewestRunComposing(): Promise<boolean>;
  /** Running workflows with something under way, in words: what they wait for and what failed last. */
  busyRuns(): Promise<string[]>;
  /** Runs that ended otherwise than by closing or continuing, by id and status. */
  brokenRuns(): Promise<string[]>;
}

export async function openStackRecords(stack: Pick<PrivateStack, 'mongodbUri' | 'temporalAddress'>): Promise<StackRecords> {
  const mongo = await connectMongo(stack.mongodbUri, { appName: 'judge', serverSelectionTimeoutMs: 20_000, maxPoolSize: 5 });
  const connection = Connection.lazy({ address: stack.temporalAddress });
  const { workflow } = new Client({ connection });
  const messages = mongo.collection('messages');

  return {
    async inbound() {
      const rows = await messages
        .find({ direction: 'inbound' }, { projection: { conversationId: 1, createdAt: 1, occurredAt: 1, coveredBy: 1, coverReason: 1 } })
        .toArray();
      return rows.map(({ _id, conversationId, createdAt, occurredAt, coveredBy, coverReason }) => ({
        sid: String(_id).slice(String(conversationId).length + 1),
        conversationId,
        createdAt: createdAt.getTime(),
        occurredAt: occurredAt.getTime(),
        coveredBy,
        coverReason,
      }));
    },
    async outbound() {
      const rows = await messages.find({ direction: 'outbound' }, { projection: { conversationId: 1, delivery: 1 } }).toArray();
      return rows.map(({ _id, conversationId, delivery }) => ({
        outboundId: String(_id),
        conversationId,
        state: delivery.state,
        attempts: delivery.attempts,
        waitsFor: delivery.waitsFor,
      }));
    },
    parkedInbound: () => mongo.collection('parkedInbound').countDocuments(),
    async onceParked() {
      const events = await mongo.collection('events').find({ type: 'message.status', 'data.outcome': 'parked' }).toArray();
      return new Set(events.map(({ data }) => String(data.messageId)));
    },
    async isNewestRunComposing() {
      let newest: { workflowId: string; runId: string; startTime: Date } | undefined;
      for await (const run of workflow.list({ query: `WorkflowType = '${CONVERSATION_WORKFLOW}' AND ExecutionStatus = 'Running'` })) {
        if (!newest || run.startTime > newest.startTime) newest = run;
      }
      if (!newest) return false;
      const { events } = await workflow.getHandle(newest.workflowId, newest.runId).fetchHistory();
      const types = (events ?? []).map(({ eventType }) => eventType);
      return types.includes(TIMER_FIRED) && types.at(-1) === WORKFLOW_TASK_STARTED;
    },
    async busyRuns() {
      const busy: string[] = [];
      for await (const { workflowId, runId } of workflow.list({ query: "ExecutionStatus = 'Running'" })) {
        const { raw } = await workflow.getHandle(workflowId, runId).describe();
        const task = raw.pendingWorkflowTask ? [`workflow task attempt ${raw.pendingWorkflowTask.attempt}`] : [];
        const activities = (raw.pendingActivities ?? []).map(
          ({ activityType, attempt, state, lastFailure }) =>
            `${activityType?.name} attempt ${attempt} state ${state} ${lastFailure?.applicationFailureInfo?.type ?? lastFailure?.source ?? ''}`,
        );
        if (task.length + activities.length > 0) busy.push(`${workflowId}: ${[...task, ...activities].join(', ')}`);
      }
      return busy;
    },
    async brokenRuns() {
      const broken: string[] = [];
      const query = ['Failed', 'Terminated', 'TimedOut', 'Canceled'].map((status) => `ExecutionStatus = '${status}'`).join(' OR ');
      for await (const { workflowId, status } of workflow.list({ query })) broken.push(`${workflowId} ${status.name}`);
      return broken;
    },
    async [Symbol.asyncDispose]() {
      await connection.close();
      await mongo.close();
    },
  };
}

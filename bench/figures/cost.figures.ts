import { randomUUID } from 'node:crypto';
import type { ConversationId } from '#domain/ids';
import { conversationHandle } from '#services/conversations/conversation-workflow';
import { liveConversation } from '#workflows/contracts/conversation';
import { until } from '../../test/support/waiting.ts';
import type { Figure } from '../figure.ts';
import { questionOf } from '../load/customers.ts';
import { postJson } from '../load/http-post.ts';
import type { Product } from '../load/product.contender.ts';
import { NO_QUIET_WINDOW } from '../world/world.ts';
import type { Measure } from './measure.ts';

/** What a provider of Temporal charges for, as far as a turn has any: signal, update, timer, activity, marker of a local activity. */
const BILLABLE = /^(workflowExecutionSignaled|workflowExecutionUpdateAccepted|timerStarted|activityTaskScheduled|markerRecorded)/;
const CUSTOMER = 80_000;

interface Cost {
  events: number;
  billable: number;
  /** How many of each event the counted turns added. */
  byName: Record<string, number>;
}

/** One conversation on some channel: says the n-th thing and waits for the reply. */
interface Talk {
  conversationId: ConversationId;
  say(n: number): Promise<unknown>;
}

/** The history of a conversation that went through the whole product, before and after some more turns. */
export const measureCost: Measure = async ({ world, sizes, say }) => {
  say('cost: without a quiet window, and web chat');
  const product = await world.product(NO_QUIET_WINDOW);
  const atOnce = await costOfTurn(product, smsTalk(product), sizes.countedTurns);
  const web = await costOfTurn(product, await webTalk(product), sizes.countedTurns);
  say('cost: with the quiet window as delivered');
  const patient = await world.product();
  const quiet = await costOfTurn(patient, smsTalk(patient), sizes.countedTurns);
  return [
    ...costFigures('quiet', 'SMS or WhatsApp with the quiet window', quiet, { events: 18, billable: 4 }),
    ...costFigures('at-once', 'SMS or WhatsApp without', atOnce, { events: 16, billable: 3 }),
    ...costFigures('web', 'web chat', web, { events: 11, billable: 2 }),
  ];
};

function costFigures(id: string, channel: string, cost: Cost, budget: { events: number; billable: number }): Figure[] {
  return [
    {
      id: `cost.events.${id}`,
      name: `history events of a turn, ${channel}`,
      unit: 'events',
      value: cost.events,
      goal: { of: 'value', atMost: budget.events },
      bottleneck: mostOf(Object.entries(cost.byName)),
      details: { ...cost },
    },
    {
      id: `cost.actions.${id}`,
      name: `billable actions of a turn, ${channel}`,
      unit: 'actions',
      value: cost.billable,
      goal: { of: 'value', atMost: budget.billable },
      bottleneck: mostOf(Object.entries(cost.byName).filter(([name]) => BILLABLE.test(name))),
    },
  ];
}

/** The commonest first. */
function mostOf(byName: [name: string, count: number][]): string {
  return byName
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .slice(0, 4)
    .join(', ');
}

function smsTalk(product: Product): Talk {
  return {
    conversationId: product.conversationOf(CUSTOMER),
    async say(n) {
      const webhook = product.webhookOf(CUSTOMER, n);
      await Promise.all([product.replies.replyTo(CUSTOMER, webhook.messageSid, 20_000), product.deliver(webhook)]);
    },
  };
}

async function webTalk({ stack }: Product): Promise<Talk> {
  const session = await postJson<{ token: string; conversationId: string }>(`${stack.url}/api/chat/session`, { businessId: stack.businessId });
  return {
    conversationId: session.conversationId as ConversationId,
    say: (n) => postJson(`${stack.url}/api/chat/send`, { messageId: randomUUID(), text: questionOf(n) }, { authorization: `Bearer ${session.token}` }),
  };
}

/** The mean of `turns` turns after the first, which also starts the workflow. */
async function costOfTurn({ ctx }: Product, talk: Talk, turns: number): Promise<Cost> {
  const handle = conversationHandle(ctx, talk.conversationId);
  const namesAfter = async (from: number, to: number): Promise<string[]> => {
    for (let n = from; n < to; n += 1) {
      await talk.say(n);
      await until(async () => (await handle.query(liveConversation)).turns === n + 1);
    }
    const { events } = await handle.fetchHistory();
    return (events ?? []).map((event) => {
      const name = Object.keys(event).find((key) => key.endsWith('EventAttributes') && event[key as keyof typeof event] != null) ?? '';
      return name.replace(/EventAttributes$/, '');
    });
  };
  const before = (await namesAfter(0, 1)).length;
  const added = (await namesAfter(1, 1 + turns)).slice(before);
  const byName: Record<string, number> = {};
  for (const name of added) byName[name] = (byName[name] ?? 0) + 1 / turns;
  return { events: added.length / turns, billable: added.filter((name) => BILLABLE.test(name)).length / turns, byName };
}

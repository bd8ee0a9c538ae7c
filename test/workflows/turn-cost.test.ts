import type { Channel } from '#domain/channel';
import { until } from '../support/waiting.ts';
import { aConversation, startDesk } from './support/desk.ts';

const TURNS = 5;
/** Events that a provider of Temporal charges for, as far as a turn has any: signal, update, timer, activity, marker of a local activity. */
const BILLABLE = /WorkflowExecutionSignaled|UpdateAccepted|TimerStarted|ActivityTaskScheduled|MarkerRecorded/;

/** Events and billable actions of one more turn of a conversation that goes on. */
async function costOfTurn(options: { channel: Channel; quietMs: number; thinksInline: boolean }): Promise<{ events: number; billable: number }> {
  await using desk = await startDesk();
  const { channel, quietMs, thinksInline } = options;
  const customer = aConversation(desk, { channel, thinksInline, timings: { quietMs } });
  const turns = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) {
      if (channel === 'web') await customer.asks(`m${n}`);
      else await customer.says(`m${n}`);
      await until(async () => (await customer.live()).turns === n + 1);
    }
    const { events } = await customer.handle().fetchHistory();
    return (events ?? []).map((event) => Object.keys(event).find((key) => key.endsWith('EventAttributes') && event[key as keyof typeof event] != null) ?? '');
  };
  const before = (await turns(0, 1)).length;
  const added = (await turns(1, 1 + TURNS)).slice(before);
  return { events: added.length / TURNS, billable: added.filter((name) => BILLABLE.test(name.charAt(0).toUpperCase() + name.slice(1))).length / TURNS };
}

describe('what one turn costs in Temporal', () => {
  test.each([
    ['WhatsApp with the quiet window', { channel: 'whatsapp', quietMs: 100, thinksInline: true }, { events: 16, billable: 4 }],
    ['WhatsApp without the quiet window', { channel: 'whatsapp', quietMs: 0, thinksInline: true }, { events: 11, billable: 3 }],
    ['web chat', { channel: 'web', quietMs: 0, thinksInline: true }, { events: 6, billable: 2 }],
    [
      'WhatsApp with an assistant that thinks long, without the quiet window',
      { channel: 'whatsapp', quietMs: 0, thinksInline: false },
      { events: 16, billable: 3 },
    ],
    ['web chat with an assistant that thinks long', { channel: 'web', quietMs: 0, thinksInline: false }, { events: 11, billable: 2 }],
  ] as const)('%s stays within its budget', async (_name, options, budget) => {
    const cost = await costOfTurn(options);
    expect(cost.events).toBeLessThanOrEqual(budget.events);
    expect(cost.billable).toBeLessThanOrEqual(budget.billable);
  });
});

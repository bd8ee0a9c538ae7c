import type { Figure } from '../figure.ts';
import { pairedFigure } from '../figure.ts';
import type { Contender, Run } from '../load/contender.ts';
import { steadyPlan } from '../load/contender.ts';
import { expectAllAnswered, pairsOf, takeTurns } from '../paired.ts';
import { pairedRatio, percentile } from '../statistics.ts';
import { describeCpu } from '../world/process-usage.ts';
import { NO_QUIET_WINDOW } from '../world/world.ts';
import type { Measure } from './measure.ts';
import { warmUp } from './warm-up.ts';

/** Between two messages of the one customer: more than a turn takes, so that each meets an idle system. */
const ALONE_GAP_MS = 150;
const GOAL = { of: 'ratio', atMost: 2 } as const;

const share = (part: number) => (run: Run) => percentile(run.acks, part);

/** A verified, durable acknowledgement, against a bare signal-with-start from a process like the API. */
export const measureAck: Measure = async ({ world, sizes, say }) => {
  const floor = await world.floor();
  const product = await world.product(NO_QUIET_WINDOW);
  const processes = world.processesOf(product);
  for (const contender of [floor, product]) await warmUp(contender, sizes);
  const pairs = async (load: (contender: Contender) => Promise<Run>) => {
    const paired = await takeTurns({ repeats: sizes.repeats, floor, product, processes }, load);
    expectAllAnswered(paired);
    return paired;
  };

  say('ack: one customer');
  const alone = await pairs((contender) => contender.open({ conversations: 1, messages: sizes.latencyMessages, gapMs: ALONE_GAP_MS }));
  say(`ack: ${sizes.conversations} customers, each every ${sizes.everyMs} ms`);
  const plan = steadyPlan({ conversations: sizes.conversations, messagesEach: sizes.latencyMessagesEach, everyMs: sizes.everyMs });
  const many = await pairs((contender) => contender.open(plan));
  say(`ack: ${sizes.conversations} customers at the same instant`);
  const burst = await pairs((contender) => contender.open({ conversations: sizes.conversations, messages: sizes.conversations, gapMs: 0 }));

  const figures: Figure[] = [
    pairedFigure(
      {
        id: 'ack.p50.1',
        name: 'ack p50, 1 conversation',
        unit: 'ms',
        goal: GOAL,
        bottleneck: describeCpu(alone.cpu),
        details: { messages: sizes.latencyMessages },
      },
      pairedRatio(pairsOf(alone, share(0.5))),
    ),
    pairedFigure(
      {
        id: 'ack.p95.many',
        name: `ack p95, ${sizes.conversations} conversations`,
        unit: 'ms',
        goal: GOAL,
        bottleneck: describeCpu(many.cpu),
        details: { perSecond: 1_000 / plan.gapMs, messages: plan.messages },
      },
      pairedRatio(pairsOf(many, share(0.95))),
    ),
    pairedFigure(
      { id: 'ack.p95.instant', name: `ack p95, ${sizes.conversations} at the same instant`, unit: 'ms', goal: GOAL, bottleneck: describeCpu(burst.cpu) },
      pairedRatio(pairsOf(burst, share(0.95))),
    ),
  ];
  return figures;
};

import { pairedFigure } from '../figure.ts';
import type { Run } from '../load/contender.ts';
import { steadyPlan } from '../load/contender.ts';
import { expectAllAnswered, pairsOf, takeTurns } from '../paired.ts';
import { mean, pairedRatio, percentile } from '../statistics.ts';
import { describeCpu } from '../world/process-usage.ts';
import { NO_QUIET_WINDOW } from '../world/world.ts';
import { databaseCommands, describeCommands } from './database-commands.ts';
import type { Measure } from './measure.ts';
import { describeAnatomy, turnAnatomy } from './turn-anatomy.ts';
import { warmUp } from './warm-up.ts';

/** A few customers, far enough apart that turns do not meet: the path itself, without queues. */
const FEW = 10;
const FEW_GAP_MS = 150;

/** Webhook to Twilio's create, less what the assistant took. */
const ownPart = (part: number) => (run: Run) => percentile(run.turns, part) - (run.thinking.length === 0 ? 0 : mean(run.thinking));

/** A whole turn, against a bare workflow with two activities that do nothing. */
export const measureTurn: Measure = async ({ world, sizes, say }) => {
  const floor = await world.floor();
  const product = await world.product(NO_QUIET_WINDOW);
  const processes = world.processesOf(product);
  for (const contender of [floor, product]) await warmUp(contender, sizes);

  say('turn: a few customers');
  const few = await takeTurns({ repeats: sizes.repeats, floor, product, processes }, (contender) =>
    contender.open({ conversations: FEW, messages: sizes.latencyMessages, gapMs: FEW_GAP_MS }),
  );
  expectAllAnswered(few);
  say(`turn: ${sizes.conversations} customers`);
  const plan = steadyPlan({ conversations: sizes.conversations, messagesEach: sizes.latencyMessagesEach, everyMs: sizes.everyMs });
  const many = await takeTurns({ repeats: sizes.repeats, floor, product, processes }, (contender) => contender.open(plan));
  expectAllAnswered(many);
  const anatomy = await turnAnatomy(product, Math.min(sizes.latencyMessages, 30));
  const commands = await databaseCommands(product);

  return [
    pairedFigure(
      {
        id: 'turn.p50',
        name: 'webhook → Twilio create p50, less the assistant',
        unit: 'ms',
        goal: { of: 'ratio', atMost: 1.8 },
        bottleneck: `${describeAnatomy(anatomy)}; database commands: ${describeCommands(commands)}`,
        details: { anatomy, commands, assistantMs: mean(few.runs.flatMap(({ product: run }) => run.thinking)), cpu: few.cpu, perSecond: 1_000 / FEW_GAP_MS },
      },
      pairedRatio(pairsOf(few, ownPart(0.5))),
    ),
    pairedFigure(
      {
        id: 'turn.p95.many',
        name: `webhook → Twilio create p95, ${sizes.conversations} conversations`,
        unit: 'ms',
        bottleneck: describeCpu(many.cpu),
        details: { perSecond: 1_000 / plan.gapMs },
      },
      pairedRatio(pairsOf(many, ownPart(0.95))),
    ),
  ];
};

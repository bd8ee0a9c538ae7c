import { pairedFigure } from '../figure.ts';
import { expectAllAnswered, pairsOf, takeTurns } from '../paired.ts';
import { pairedRatio } from '../statistics.ts';
import { describeCpu } from '../world/process-usage.ts';
import { NO_QUIET_WINDOW } from '../world/world.ts';
import type { Measure } from './measure.ts';
import { warmUp } from './warm-up.ts';

/** Every customer writes again as soon as they are answered, so each message is a turn of its own on both sides. */
export const measureThroughput: Measure = async ({ world, sizes, say }) => {
  const floor = await world.floor();
  const product = await world.product(NO_QUIET_WINDOW);
  for (const contender of [floor, product]) await warmUp(contender, sizes);

  const { conversations, messagesEach, repeats } = sizes;
  const messages = conversations * messagesEach;
  say(`throughput: ${conversations} customers, ${messagesEach} messages each`);
  const paired = await takeTurns({ repeats, floor, product, processes: world.processesOf(product) }, (contender) =>
    contender.closed({ conversations, messages }),
  );
  expectAllAnswered(paired);
  const figure = pairedFigure(
    {
      id: 'throughput',
      name: `messages answered per second, ${conversations} × ${messagesEach}`,
      unit: 'messages/s',
      goal: { of: 'ratio', atLeast: 0.5 },
      bottleneck: describeCpu(paired.cpu),
    },
    pairedRatio(pairsOf(paired, ({ elapsedMs }) => messages / (elapsedMs / 1_000))),
  );
  return [figure];
};

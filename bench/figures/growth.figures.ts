import type { Figure } from '../figure.ts';
import { pairedFigure } from '../figure.ts';
import { phoneOf } from '../load/customers.ts';
import type { Product } from '../load/product.contender.ts';
import type { Pair } from '../statistics.ts';
import { median, pairedRatio } from '../statistics.ts';
import { NO_QUIET_WINDOW } from '../world/world.ts';
import type { Measure } from './measure.ts';
import { seedMessages } from './seed-messages.ts';
import { warmUp } from './warm-up.ts';

const OLD_CUSTOMER = 70_000;
const NEW_CUSTOMERS = 71_000;
const EARLY_TURN = 5;
const SEEDED_CONVERSATIONS = 100;
const SEEDED_FROM = 60_000;
/** As many turns on either side before the other is asked: one turn alone says little. */
const TURNS_PER_PAIR = 4;
const GOAL = { of: 'ratio', atMost: 1.2 } as const;

/** Does a turn take longer when there is more of everything? */
export const measureGrowth: Measure = async (measuring) => [await lateTurns(measuring), await manyMessages(measuring)];

/** An old conversation and new ones take turns, so that the 500th turn and the 5th are measured at the same time. */
async function lateTurns({ world, sizes, say }: Parameters<Measure>[0]): Promise<Figure> {
  const product = await world.product(NO_QUIET_WINDOW);
  await warmUp(product, sizes);
  const { lateTurn, comparedTurns } = sizes;
  say(`growth: one conversation to turn ${lateTurn}`);
  await product.closed({ conversations: 1, messages: lateTurn - Math.floor(comparedTurns / 2), firstConversation: OLD_CUSTOMER });

  const pairs: Pair[] = [];
  for (let n = 0; n < comparedTurns; n += 1) {
    const newcomer = NEW_CUSTOMERS + n;
    await product.closed({ conversations: 1, messages: EARLY_TURN - 1, firstConversation: newcomer });
    const early = await turnMs(product, newcomer);
    pairs.push({ product: await turnMs(product, OLD_CUSTOMER), floor: early });
  }
  return pairedFigure(
    {
      id: 'growth.turns',
      name: `turn ${lateTurn} ÷ turn ${EARLY_TURN} of a conversation`,
      unit: 'ms',
      goal: GOAL,
      bottleneck: `a run continues as new at ${product.stack.installation.config.historyLimit} events, and ${product.stack.installation.config.maxContextMessages} messages of context are read at most`,
      details: { pairs: pairs.length },
    },
    medians(pairs),
  );
}

/** Two installations of the same product, one with few messages and one with many, measured in turn. */
async function manyMessages({ world, sizes, say }: Parameters<Measure>[0]): Promise<Figure> {
  const { fewMessages, storedMessages, comparedTurns } = sizes;
  const full = await world.product(NO_QUIET_WINDOW);
  await using fresh = await world.newProduct(NO_QUIET_WINDOW);
  for (const [product, messages] of [
    [fresh, fewMessages],
    [full, storedMessages],
  ] as const) {
    say(`growth: storing ${messages} messages`);
    await seedMessages(product, { messages, conversations: SEEDED_CONVERSATIONS, phoneOf: (n) => phoneOf(SEEDED_FROM + n) });
    await product.closed({ conversations: SEEDED_CONVERSATIONS, messages: SEEDED_CONVERSATIONS * 2, firstConversation: SEEDED_FROM });
  }
  const pairs: Pair[] = [];
  for (let n = 0; n < comparedTurns; n += 1) {
    const customer = SEEDED_FROM + (n % SEEDED_CONVERSATIONS);
    const few = await turnMs(fresh, customer);
    pairs.push({ product: await turnMs(full, customer), floor: few });
  }
  const stored = await full.stack.installation.db.messages.collection.estimatedDocumentCount();
  return pairedFigure(
    {
      id: 'growth.stored',
      name: `turn with ${storedMessages} stored messages ÷ ${fewMessages}`,
      unit: 'ms',
      goal: GOAL,
      bottleneck: `every read of a turn is answered by an index; ${Math.round(storedMessages / SEEDED_CONVERSATIONS)} messages in the thread itself`,
      details: { storedInAll: stored, pairs: pairs.length },
    },
    medians(pairs),
  );
}

/** A pair is one noisy moment on each side, so here it is the medians that are compared. */
function medians(pairs: readonly Pair[]) {
  const { lowest, highest } = pairedRatio(pairs);
  const [product, floor] = [median(pairs.map((pair) => pair.product)), median(pairs.map((pair) => pair.floor))];
  return { product, floor, ratio: product / floor, lowest, highest };
}

async function turnMs(product: Product, customer: number): Promise<number> {
  const { turns, failed } = await product.closed({ conversations: 1, messages: TURNS_PER_PAIR, firstConversation: customer });
  if (failed > 0) throw new Error(`${failed} messages were not answered`);
  return median(turns);
}

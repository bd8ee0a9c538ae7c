import type { Contender } from '../load/contender.ts';
import type { Sizes } from '../sizes.ts';

const WARM = new WeakMap<Contender, number>();

/** Every conversation is there and has been answered, and the code is warm. Does only what has not been done before. */
export async function warmUp(contender: Contender, { conversations, warmUpTurns }: Sizes): Promise<void> {
  const known = WARM.get(contender) ?? 0;
  if (known >= conversations) return;
  const each = Math.max(2, known === 0 ? Math.ceil(warmUpTurns / conversations) : 2);
  const { failed } = await contender.closed({ conversations, messages: conversations * each });
  if (failed > 0) throw new Error(`${failed} of the ${contender.name}'s conversations got no answer while warming up`);
  WARM.set(contender, conversations);
}

import type { Figure } from '../figure.ts';
import type { Sizes } from '../sizes.ts';
import type { World } from '../world/world.ts';

export interface Measuring {
  world: World;
  sizes: Sizes;
  /** One line of progress. */
  say: (line: string) => void;
}

/** One group of figures. */
export type Measure = (measuring: Measuring) => Promise<Figure[]>;

/** What the floor's three processes agree on. */
export const FLOOR_WORKFLOW = 'floorConversation';
export const FLOOR_SIGNAL = 'floorMessage';

export interface FloorInput {
  secondQueue: string;
  inbox: string[];
}

/** Nothing is done in them: what remains is the price of Temporal itself. */
export type FloorActivities = { step(key: string): Promise<void> };

/** The second step of this message ran. */
export interface FloorMark {
  key: string;
  atMs: number;
}

export interface FloorRequest {
  loop: 'open' | 'closed';
  conversations: number;
  firstConversation?: number;
  messages: number;
  gapMs: number;
}

export const floorQueues = (prefix: string) => ({ first: `${prefix}first`, second: `${prefix}second` });

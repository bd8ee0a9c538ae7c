/** A load: message n is written by customer n modulo `conversations`. */
export interface LoadPlan {
  conversations: number;
  messages: number;
  /** Between two messages of the whole load; 0: all at the same instant. */
  gapMs: number;
  /** The first customer, when earlier ones are not to be disturbed. */
  firstConversation?: number;
}

/** One value per message in each list, in milliseconds; an answer that never came is left out and counted in `failed`. */
export interface Run {
  /** From the moment the message was due to the acknowledgement. */
  acks: number[];
  /** From the moment the message was due to the end of its turn. */
  turns: number[];
  /** What the assistant took of each turn. */
  thinking: number[];
  elapsedMs: number;
  failed: number;
}

/** The product, or the floor it is held against: the same loads, judged in the same way. */
export interface Contender {
  readonly name: string;
  /** Every message is written at its time, whether or not earlier ones are answered. */
  open(plan: LoadPlan): Promise<Run>;
  /** Every customer writes again as soon as they are answered. */
  closed(plan: Omit<LoadPlan, 'gapMs'>): Promise<Run>;
}

/** All customers at the same pace, spread evenly over it. */
export const steadyPlan = (size: { conversations: number; messagesEach: number; everyMs: number; firstConversation?: number }): LoadPlan => ({
  conversations: size.conversations,
  messages: size.conversations * size.messagesEach,
  gapMs: size.everyMs / size.conversations,
  ...(size.firstConversation === undefined ? {} : { firstConversation: size.firstConversation }),
});

/** How much is measured. Figures are only comparable between runs of the same sizes. */
export interface Sizes {
  /** How often floor and product take turns. */
  repeats: number;
  /** Turns before anything is measured, for the compilers of all processes to have seen the code. */
  warmUpTurns: number;
  /** Customers who write at the same time. */
  conversations: number;
  /** Where latency is measured, each customer writes at this pace, whatever the answers do. */
  everyMs: number;
  /** Messages of each customer in one latency run with all of them. */
  latencyMessagesEach: number;
  /** Messages of one latency run with a single customer, or with a few. */
  latencyMessages: number;
  /** Messages of each customer in the throughput figure. */
  messagesEach: number;
  /** Turns of one conversation before its late turns are compared with turn 5 of new ones. */
  lateTurn: number;
  /** Turns compared at each of the two ages. */
  comparedTurns: number;
  /** Stored messages compared with `fewMessages`. */
  storedMessages: number;
  fewMessages: number;
  cachedConversations: number;
  /** Turns whose events are counted. */
  countedTurns: number;
  /** Messages of each customer when the user's own targets are shown. */
  targetMessagesEach: number;
  /** Messages delivered three times each. */
  duplicatedMessages: number;
  /** Messages sent while Twilio refuses every fifth create. */
  refusedMessages: number;
  /** Messages written by staff. */
  staffMessages: number;
}

export const FULL: Sizes = {
  repeats: 5,
  warmUpTurns: 300,
  conversations: 100,
  everyMs: 5_000,
  latencyMessagesEach: 2,
  latencyMessages: 60,
  messagesEach: 10,
  lateTurn: 500,
  comparedTurns: 40,
  storedMessages: 100_000,
  fewMessages: 1_000,
  cachedConversations: 400,
  countedTurns: 5,
  // 3000 messages in all: with fewer, an error rate below 0.1 % could not be told from luck.
  targetMessagesEach: 30,
  duplicatedMessages: 200,
  refusedMessages: 300,
  staffMessages: 40,
};

/** Minutes instead of half an hour: shows that everything works, not how fast it is. */
export const QUICK: Sizes = {
  repeats: 1,
  warmUpTurns: 20,
  conversations: 10,
  everyMs: 2_000,
  latencyMessagesEach: 1,
  latencyMessages: 10,
  messagesEach: 2,
  lateTurn: 30,
  comparedTurns: 4,
  storedMessages: 4_000,
  fewMessages: 1_000,
  cachedConversations: 60,
  countedTurns: 2,
  targetMessagesEach: 1,
  duplicatedMessages: 10,
  refusedMessages: 15,
  staffMessages: 4,
};

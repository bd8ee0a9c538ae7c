import { setTimeout as pause } from 'node:timers/promises';
import type { SystemRepositories } from '#models/repositories';

/** Keeps every sender within its rate, across all workers: one token bucket per sender in MongoDB. */
export interface SendPacer {
  /** Resolves when it is this message's turn; with nothing else to send, at once. */
  waitForTurn(sender: string, perSecond: number): Promise<void>;
}

export const createSendPacer = (limits: SystemRepositories['limits']): SendPacer => ({
  async waitForTurn(sender, perSecond) {
    const { waitMs } = await limits.reserve(`send:${sender}`, { perSecond, burst: perSecond });
    if (waitMs > 0) await pause(waitMs);
  },
});

import { condition } from '@temporalio/workflow';
import type { ConversationTimings } from '#domain/conversations/timings';
import type { ConversationState } from './contracts/conversation.ts';
import { isWithMember } from './conversation.state.ts';

/** What falls due when nobody does anything. */
export type Due = 'close' | 'alert_staff' | 'send_fallback' | 'end_takeover';

/**
 * The next thing this conversation has promised to do by itself, and when.
 * While the assistant answers, the reply has a deadline of its own (see activities.ts), so only silence is watched.
 */
export function nextDue(state: ConversationState, timings: ConversationTimings): { due: Due; atMs: number } {
  const { unansweredSinceMs: since } = state;
  if (isWithMember(state)) {
    if (since === undefined) return { due: 'end_takeover', atMs: state.lastActivityAtMs + timings.takeoverIdleMs };
    if (!state.alerted) return { due: 'alert_staff', atMs: since + timings.alertAfterMs };
    return { due: 'send_fallback', atMs: since + timings.fallbackAfterMs };
  }
  return { due: 'close', atMs: state.lastActivityAtMs + timings.idleMs };
}

/**
 * One timer for all promises, set again only when it fires or when something falls due earlier: a conversation that goes
 * on costs no timer events per message.
 */
export class Alarm {
  ringing: Due | undefined;

  constructor(
    private readonly state: ConversationState,
    private readonly timings: ConversationTimings,
  ) {}

  /** Runs beside the plot for as long as the workflow does. */
  async watch(): Promise<never> {
    for (;;) {
      const armedForMs = nextDue(this.state, this.timings).atMs;
      await condition(() => nextDue(this.state, this.timings).atMs < armedForMs, Math.max(armedForMs - Date.now(), 1));
      const next = nextDue(this.state, this.timings);
      if (next.atMs > Date.now()) continue;
      this.ringing = next.due;
      await condition(() => this.ringing === undefined);
    }
  }
}

import type { Assistant, Reply } from '#domain/assistant/assistant.port';
import type { Logger } from '#platform/logger';
import { createBuiltInAssistant } from './built-in/built-in.assistant.ts';
import { fallbackReply } from './fallback.ts';
import { AssistantFailed, replyWithin } from './with-deadline.ts';

export interface AssistantOptions {
  /** How long each assistant may think. */
  timeoutMs: number;
  log?: Pick<Logger, 'warn'>;
  /** Best first; the built-in rules alone when none is named. */
  assistants?: readonly Assistant[];
}

/**
 * Asks one assistant after the other until one gives a usable reply, and says a fixed text when none does: never silent.
 * Throws only when the caller aborts.
 */
export function createAssistant({ timeoutMs, log, assistants = [createBuiltInAssistant()] }: AssistantOptions): Assistant {
  return {
    name: assistants[0]?.name ?? 'fallback',
    async reply(context) {
      const startedAt = performance.now();
      const troubles: string[] = [];
      for (const assistant of assistants) {
        try {
          return withTrouble(await replyWithin(assistant, context, timeoutMs), troubles, startedAt);
        } catch (thrown) {
          if (!(thrown instanceof AssistantFailed)) throw thrown;
          troubles.push(`${assistant.name}: ${thrown.trouble}`);
          log?.warn(
            { assistant: assistant.name, trouble: thrown.trouble, errorName: thrown.cause instanceof Error ? thrown.cause.name : undefined },
            'an assistant gave no usable answer',
          );
        }
      }
      return withTrouble(fallbackReply(context, ''), troubles.length > 0 ? troubles : ['no assistant is configured'], startedAt);
    },
  };
}

/** Staff see in the trace which assistant failed before this one spoke, and how long it all took. */
function withTrouble(reply: Reply, troubles: readonly string[], startedAt: number): Reply {
  if (troubles.length === 0) return reply;
  return { ...reply, trace: { ...reply.trace, fallbackReason: troubles.join('; '), ms: Math.round(performance.now() - startedAt) } };
}

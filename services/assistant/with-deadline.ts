import type { Assistant, Reply, ReplyContext } from '#domain/assistant/assistant.port';
import { passGates } from './reply-gates.ts';

export type AssistantTrouble = 'timeout' | 'error' | 'invalid';

/** Why an assistant's turn brought nothing. `cause` stays in this process: it may hold what somebody wrote. */
export class AssistantFailed extends Error {
  override readonly name = 'AssistantFailed';

  constructor(
    readonly trouble: AssistantTrouble,
    assistant: Assistant['name'],
    cause?: unknown,
  ) {
    super(`The ${assistant} assistant gave no answer (${trouble}).`, { cause });
  }
}

/**
 * Bounds one assistant in time and lets only sendable replies through. Its signal is aborted when the time is up,
 * and what it still says then is ignored.
 * @throws AssistantFailed; or the caller's own reason when the caller no longer wants the reply.
 */
export async function replyWithin(assistant: Assistant, context: ReplyContext, timeoutMs: number): Promise<Reply> {
  context.signal.throwIfAborted();
  const timeUp = new AbortController();
  const timer = setTimeout(() => timeUp.abort(), timeoutMs);
  const signal = AbortSignal.any([context.signal, timeUp.signal]);
  try {
    const reply = await Promise.race([thinking(assistant, { ...context, signal }), whenAborted(signal)]);
    const passed = passGates(reply, context.channel);
    if (!passed) throw new AssistantFailed('invalid', assistant.name);
    return passed;
  } catch (thrown) {
    context.signal.throwIfAborted();
    if (thrown instanceof AssistantFailed) throw thrown;
    throw new AssistantFailed(timeUp.signal.aborted ? 'timeout' : 'error', assistant.name, thrown);
  } finally {
    clearTimeout(timer);
  }
}

/** An assistant that throws before its first await fails like any other. */
const thinking = async (assistant: Assistant, context: ReplyContext): Promise<Reply> => await assistant.reply(context);

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

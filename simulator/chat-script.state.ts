import { z } from 'zod';

/** One scripted answer of the model. `match` picks it only for a conversation whose last user text contains it. */
export const ScriptedAnswer = z.strictObject({
  match: z.string().optional(),
  content: z.string().optional(),
  json: z.unknown().optional(),
  toolCalls: z.array(z.strictObject({ name: z.string(), arguments: z.union([z.string(), z.record(z.string(), z.unknown())]) })).optional(),
  refusal: z.string().optional(),
  finishReason: z.enum(['stop', 'length', 'tool_calls', 'content_filter']).optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
  /** Pause between streamed pieces. */
  chunkDelayMs: z.number().int().min(0).max(60_000).optional(),
  /** How often it is given before it is used up; `forever` keeps it. */
  times: z.union([z.number().int().positive(), z.literal('forever')]).default(1),
  /** An error answer instead of a completion. */
  error: z.strictObject({ status: z.number().int().min(400).max(599), code: z.string().nullable().optional(), message: z.string().optional() }).optional(),
});
export type ScriptedAnswer = z.infer<typeof ScriptedAnswer>;

export interface ChatScript {
  add(answers: readonly ScriptedAnswer[]): void;
  list(): readonly ScriptedAnswer[];
  /** The first answer that fits, used up by being taken; undefined when the script has nothing to say. */
  take(userText: string): ScriptedAnswer | undefined;
  clear(): void;
}

export function createChatScript(): ChatScript {
  let script: { answer: ScriptedAnswer; left: number }[] = [];
  return {
    add(answers) {
      script.push(...answers.map((answer) => ({ answer, left: answer.times === 'forever' ? Number.POSITIVE_INFINITY : answer.times })));
    },
    list: () => script.map(({ answer }) => answer),
    take(userText) {
      const found = script.find(({ answer }) => answer.match === undefined || userText.toLowerCase().includes(answer.match.toLowerCase()));
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) script = script.filter((entry) => entry !== found);
      return found.answer;
    },
    clear() {
      script = [];
    },
  };
}

import type { MemberId } from '../ids.ts';

/**
 * Who answers: the assistant, or a member until they hand back or the lease runs out.
 * `memberId` is null after a hand-over, until one of the members takes it.
 */
export type Owner = { type: 'assistant' } | { type: 'member'; memberId: MemberId | null; sinceMs: number };

export const ASSISTANT: Owner = { type: 'assistant' };

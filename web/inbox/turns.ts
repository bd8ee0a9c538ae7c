import type { CoverReason } from '#domain/messages/inbound';
import type { Message } from '../api/api.types.ts';

/** For each reply that answers more than one message: how many it answers. */
export function burstSizes(thread: readonly Pick<Message, 'direction' | 'coveredBy'>[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { direction, coveredBy } of thread) {
    if (direction === 'inbound' && coveredBy) sizes.set(coveredBy, (sizes.get(coveredBy) ?? 0) + 1);
  }
  return new Map([...sizes].filter(([, size]) => size > 1));
}

const SAME_BREATH_MS = 3 * 60_000;

/** Messages of one writer shortly after each other are drawn as one block. */
export function continues(previous: Message | undefined, message: Message): boolean {
  return (
    previous !== undefined &&
    previous.role === message.role &&
    previous.memberName === message.memberName &&
    Date.parse(message.at) - Date.parse(previous.at) < SAME_BREATH_MS
  );
}

const COVER_REASONS: readonly CoverReason[] = ['opt_out', 'takeover', 'throttled', 'filtered', 'group', 'reaction', 'fallback'];

export const isCoverReason = (reason: string | null): reason is CoverReason => COVER_REASONS.some((known) => known === reason);

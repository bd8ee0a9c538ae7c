import { notFound } from '#domain/failure';
import type { ConversationId, TurnId } from '#domain/ids';
import type { StoredTurn } from '#models/turns.repository';
import type { ServiceContext } from '../context.ts';

/** Why a reply reads as it does. @throws Failure `turn.not_found`, also for a turn of another conversation. */
export async function getTurn(ctx: ServiceContext, { conversationId, turnId }: { conversationId: ConversationId; turnId: TurnId }): Promise<StoredTurn> {
  const turn = await ctx.turns.get(turnId);
  if (!turn || turn.conversationId !== conversationId) throw notFound('turn');
  return turn;
}

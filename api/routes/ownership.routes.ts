import { z } from 'zod';
import type { Owner } from '#domain/conversations/owner';
import type { MemberId } from '#domain/ids';
import { actingMember } from '#services/auth/acting-member';
import type { ServiceContext } from '#services/context';
import { memberNames } from '#services/conversations/conversation-view';
import { handBack, takeOver } from '#services/conversations/take-over';
import { OwnerSummary } from '../contracts/conversation.contract.ts';
import { Id } from '../contracts/shared.contract.ts';
import { defineRoute } from '../define-route.ts';
import { presentOwner } from '../present/conversation.ts';
import { conversationParams } from './conversations.routes.ts';

const OwnerAnswer = z.object({ owner: OwnerSummary }).meta({ id: 'OwnerAnswer' });
const OnBehalfOf = z
  .object({ memberId: Id.optional().meta({ description: "With an API key: the member it acts for; the business's owner when absent." }) })
  .optional();

const takeOverRoute = defineRoute({
  operation: 'takeOver',
  method: 'post',
  path: '/api/conversations/:conversationId/takeover',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Answer in person; the assistant goes quiet',
  params: conversationParams,
  body: OnBehalfOf,
  output: OwnerAnswer,
  success: [{ status: 200, about: 'A reply that was being written is dropped.' }],
  errors: ['conversation.not_found', 'member.not_found', 'workflow.unreachable'],
  async handler({ ctx, member, requestId }, { params, body }) {
    const memberId = member?.id ?? (await actingMember(ctx, { memberId: body?.memberId as MemberId | undefined }));
    return await answered(ctx, await takeOver(ctx, { ...params, memberId, requestId }));
  },
});

const handBackRoute = defineRoute({
  operation: 'handBack',
  method: 'post',
  path: '/api/conversations/:conversationId/handback',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Let the assistant answer again',
  params: conversationParams,
  output: OwnerAnswer,
  success: [{ status: 200, about: 'The assistant answers from here on.', example: { owner: { type: 'assistant' } } }],
  errors: ['conversation.not_found', 'workflow.unreachable'],
  handler: async ({ ctx, member, requestId }, { params }) => await answered(ctx, await handBack(ctx, { ...params, memberId: member?.id ?? null, requestId })),
});

async function answered(ctx: ServiceContext, owner: Owner) {
  const name = owner.type === 'member' && owner.memberId ? ((await memberNames(ctx)).get(owner.memberId) ?? null) : null;
  return { owner: presentOwner(owner, name) };
}

export const ownershipRoutes = [takeOverRoute, handBackRoute];

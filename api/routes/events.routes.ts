import { defineRoute } from '../define-route.ts';
import { followEvents } from '../live/catch-up.ts';
import { openSse } from '../live/sse-stream.ts';

export const eventsRoute = defineRoute({
  operation: 'streamEvents',
  method: 'get',
  path: '/api/events',
  access: 'staff',
  tag: 'Live updates',
  summary: 'What happens in the business, as server-sent events',
  stream: true,
  success: [
    {
      status: 200,
      about:
        'text/event-stream. Each event has its type as name and `{ id, type, conversationId?, at, data }` as data: ids, states and codes, never words or names. Types: message.received, message.planned, message.status, conversation.updated, conversation.owner_changed, attention.raised. `Last-Event-ID` resumes, a little early: drop ids you have seen. `resync` means: load afresh.',
    },
  ],
  async handler(call) {
    const { ctx, events, sessionEnds, req, member } = call;
    const stream = await openSse(call, { kind: 'staff', recheck: call.recheck });
    const onSignOut = (sessionId: string): void => {
      if (member && sessionId === req.sessionID) stream.end();
    };
    sessionEnds.on('end', onSignOut);
    stream.closed.addEventListener('abort', () => sessionEnds.off('end', onSignOut));
    await followEvents(ctx, events, stream, {
      onEvent: ({ id, type, conversationId, at, data }) => stream.push(type, { id, type, conversationId, at, data }, id),
      onResync: () => stream.push('resync', { type: 'resync', at: new Date(), data: {} }, events.newestId(ctx.businessId) ?? ''),
    });
  },
});

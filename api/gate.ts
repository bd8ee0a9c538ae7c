import type { RateLimit } from '#platform/rate-limit';
import { isSameSecret } from './auth/same-secret.ts';
import type { Sessions } from './auth/session.ts';
import { bearerOf, staffCall } from './auth/staff-call.ts';
import { visitorCall } from './auth/visitor-call.ts';
import type { Access, Calls, OpenCall, StaffCall, VisitorCall } from './calls.ts';
import { addressBucket, isLoopback } from './client-address.ts';
import type { Route } from './define-route.ts';
import { ApiFailure } from './errors.ts';
import type { Gate } from './mount-routes.ts';
import { isFromOwnPage } from './security.ts';

/** Who may pass, and how often. */
export function createGate(sessions: Sessions): Gate {
  const admitters: { [A in Access]: (call: OpenCall) => Promise<Calls[A]> } = {
    open: (call) => Promise.resolve(call),
    staff: (call) => staffCall(call, sessions),
    visitor: (call) => visitorCall(call),
    operator: (call) => Promise.resolve(operatorCall(call)),
  };
  return {
    admit: (access, call) => admitters[access](call),
    async countAgainstLimits(route, call) {
      for (const [limit, who] of limitsOf(route, call)) await take(call, limit, who);
    },
  };
}

function operatorCall(call: OpenCall): OpenCall {
  const { demoApiKey } = call.installation.config;
  if (!isFromOwnPage(call.installation.config, call.req.headers))
    throw new ApiFailure('forbidden', 'auth.csrf', 'The request did not come from a page of this installation.');
  const given = bearerOf(call.req.headers.authorization);
  if (given === undefined ? isLoopback(call.req.ip) : demoApiKey !== undefined && isSameSecret(given, demoApiKey)) return call;
  throw new ApiFailure('unauthenticated', 'auth.required', 'This is for the demo key, or for somebody on this machine.');
}

function limitsOf(route: Route, call: Calls[Access]): [RateLimit, string][] {
  const { limits } = call;
  const ip = addressBucket(call.req.ip);
  if (route.limit === 'signIn') return [[limits.signIn, ip]];
  if (route.limit === 'chatSessions') return [[limits.chatSessions, ip]];
  if (route.access === 'visitor') {
    const visitor = visitorOf(call as VisitorCall);
    return route.limit === 'chatSends'
      ? [
          [limits.chatSends.perVisitor, visitor],
          [limits.chatSends.perIp, ip],
        ]
      : [[limits.chatReads, visitor]];
  }
  if (route.access === 'staff') return [[limits.staff, callerOf(call as StaffCall)]];
  return [];
}

const visitorOf = ({ visitor }: VisitorCall): string => `${visitor.businessId}\n${visitor.address}`;

const callerOf = ({ ctx }: StaffCall): string => {
  const { actor } = ctx;
  return `${ctx.businessId}\n${actor.type === 'member' ? actor.memberId : actor.type === 'api_key' ? actor.keyId : actor.type}`;
};

async function take(call: OpenCall, limit: RateLimit, who: string): Promise<void> {
  const taken = await limit.take(who);
  if (taken.allowed) return;
  call.metrics.rateLimited.inc({ limit: limit.name });
  throw new ApiFailure('too_many', 'rate.limited', 'Too many requests; try again in a moment.', { retryAfterMs: taken.retryAfterMs });
}

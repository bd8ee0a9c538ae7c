import type { Actor } from '#domain/actor';
import type { BusinessId } from '#domain/ids';
import { authenticateApiKey } from '#services/auth/authenticate-api-key';
import { signedInMember } from '#services/auth/signed-in-member';
import type { OpenCall, StaffCall } from '../calls.ts';
import { ApiFailure } from '../errors.ts';
import { isFromOwnPage } from '../security.ts';
import type { Sessions } from './session.ts';
import { isCsrfTokenValid, SESSION_LASTS_MS } from './session.ts';

/** `Authorization: Bearer …`, or undefined when there is no such header. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
}

/** @throws ApiFailure 401 without a valid key or session, 403 when a cookie came from somebody else's page. */
export async function staffCall(call: OpenCall, sessions: Sessions): Promise<StaffCall> {
  if (call.req.headers.authorization !== undefined) return await keyCall(call);
  await runSessions(sessions, call);
  return await sessionCall(call, sessions);
}

async function keyCall(call: OpenCall): Promise<StaffCall> {
  const token = bearerOf(call.req.headers.authorization);
  const key = await authenticateApiKey(call.installation, { token: token ?? '' });
  return {
    ...call,
    ctx: contextOf(call, key.businessId, { type: 'api_key', keyId: key.keyId }),
    recheck: async () => void (await authenticateApiKey(call.installation, { token: token ?? '' })),
  };
}

async function sessionCall(call: OpenCall, sessions: Sessions): Promise<StaffCall> {
  const { req, installation } = call;
  const { memberId, businessId, signedInAtMs } = req.session;
  if (!memberId || !businessId) throw new ApiFailure('unauthenticated', 'auth.required', 'Sign in, or send an API key.');
  if (Date.now() - (signedInAtMs ?? 0) > SESSION_LASTS_MS) throw sessionEnded();
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    const isOwn = isFromOwnPage(installation.config, req.headers) && isCsrfTokenValid(installation.config, req.sessionID, req.get('x-csrf-token'));
    if (!isOwn) throw new ApiFailure('forbidden', 'auth.csrf', 'The request did not come from a page of this installation.');
  }
  const member = await signedInMember(installation, { businessId, memberId });
  if (!member) throw sessionEnded();
  const sessionId = req.sessionID;
  return {
    ...call,
    member,
    ctx: contextOf(call, businessId, { type: 'member', memberId, name: member.name }),
    recheck: async () => {
      if (!(await sessions.isAlive(sessionId)) || !(await signedInMember(installation, { businessId, memberId }))) throw sessionEnded();
    },
  };
}

/** The session is read for routes that need it and for no other. */
export const runSessions = (sessions: Sessions, { req, res }: Pick<OpenCall, 'req' | 'res'>): Promise<void> =>
  new Promise((resolve, reject) => {
    sessions.middleware(req, res, (error: unknown) => (error ? reject(error instanceof Error ? error : new Error('the session store failed')) : resolve()));
  });

const contextOf = (call: OpenCall, businessId: BusinessId, actor: Actor) => call.installation.forBusiness(businessId, actor);

const sessionEnded = (): ApiFailure => new ApiFailure('unauthenticated', 'auth.session_ended', 'The session has ended; sign in again.');

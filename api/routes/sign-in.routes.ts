import { z } from 'zod';
import { redeemSignInLink } from '#services/auth/redeem-sign-in-link';
import type { Sessions } from '../auth/session.ts';
import { csrfTokenOf, sessionCookieName } from '../auth/session.ts';
import { runSessions } from '../auth/staff-call.ts';
import type { OpenCall } from '../calls.ts';
import { addressBucket } from '../client-address.ts';
import { defineRoute } from '../define-route.ts';
import { ApiFailure } from '../errors.ts';
import { isFromOwnPage } from '../security.ts';

const Me = z
  .object({
    member: z.object({ id: z.string(), name: z.string(), role: z.string() }).meta({ description: 'With an API key: the key itself.' }),
    business: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), locale: z.string() }),
    csrfToken: z.string().meta({ description: 'Send it as x-csrf-token with every POST of a signed-in browser.' }),
    testMode: z.boolean(),
    temporalUiUrl: z.string().optional(),
  })
  .meta({ id: 'Me' });

export const meRoute = defineRoute({
  operation: 'getMe',
  method: 'get',
  path: '/api/me',
  access: 'staff',
  tag: 'Sign-in',
  summary: 'Who is asking, and for which business',
  output: Me,
  success: [{ status: 200, about: 'The caller.' }],
  async handler({ ctx, member, req, installation: { config } }) {
    const { id, name, timeZone, locale } = await ctx.business.profile();
    return {
      member: member ?? { id: ctx.actor.type === 'api_key' ? ctx.actor.keyId : ctx.actor.type, name: 'API key', role: 'api_key' },
      business: { id, name, timeZone, locale },
      csrfToken: member ? csrfTokenOf(config, req.sessionID) : '',
      testMode: config.mode === 'test',
      temporalUiUrl: config.temporalUiUrl,
    };
  },
});

/** The routes that begin and end a session need the session store at hand. */
export function signInRoutes(sessions: () => Sessions) {
  const redeemRoute = defineRoute({
    operation: 'redeemSignInLink',
    method: 'post',
    path: '/api/sign-in/redeem',
    access: 'open',
    limit: 'signIn',
    tag: 'Sign-in',
    summary: 'Sign in with the token of a one-time link',
    body: z.object({ token: z.string().min(16).max(200) }),
    success: [{ status: 204, about: 'Signed in; the session cookie is set.' }],
    errors: ['auth.link_invalid', 'auth.csrf', 'rate.limited'],
    async handler(call, { body }) {
      checkOwnPage(call);
      const { businessId, memberId } = await redeemSignInLink(call.installation, body);
      // An office behind one address may sign in all at once; only guesses are counted.
      await call.limits.signIn.giveBack(addressBucket(call.req.ip));
      await runSessions(sessions(), call);
      const { req } = call;
      // A session id that was known before the sign-in is worth nothing after it.
      await new Promise<void>((resolve, reject) => req.session.regenerate((error: unknown) => (error ? reject(error as Error) : resolve())));
      Object.assign(req.session, { businessId, memberId, signedInAtMs: Date.now() });
      await new Promise<void>((resolve, reject) => req.session.save((error: unknown) => (error ? reject(error as Error) : resolve())));
    },
  });

  const signOutRoute = defineRoute({
    operation: 'signOut',
    method: 'post',
    path: '/api/sign-out',
    access: 'staff',
    tag: 'Sign-in',
    summary: "End this browser's session",
    success: [{ status: 204, about: 'Signed out; the session is gone, open live channels end.' }],
    errors: ['auth.member_required'],
    async handler({ req, res, member, installation: { config }, sessionEnds }) {
      if (!member) throw new ApiFailure('invalid', 'auth.member_required', 'An API key has no session to end; revoke it instead.');
      const { sessionID } = req;
      await new Promise<void>((resolve, reject) => req.session.destroy((error: unknown) => (error ? reject(error as Error) : resolve())));
      res.clearCookie(sessionCookieName(config), { path: '/', httpOnly: true, sameSite: 'lax', secure: config.publicUrl.startsWith('https://') });
      sessionEnds.emit('end', sessionID);
    },
  });
  return [redeemRoute, signOutRoute];
}

/** Nobody may sign a browser in from another website: what it then did would be done in somebody else's name. */
function checkOwnPage({ req, installation }: OpenCall): void {
  if (!isFromOwnPage(installation.config, req.headers))
    throw new ApiFailure('forbidden', 'auth.csrf', 'The request did not come from a page of this installation.');
}

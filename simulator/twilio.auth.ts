import type { NextFunction, Request, Response } from 'express';
import type { Account } from './accounts.state.ts';
import { notAuthenticated, notFound } from './twilio.errors.ts';
import type { World } from './world.ts';

/** HTTP Basic with AccountSid and auth token; the account in the path must be the caller's own. */
export function requireAccount(world: World) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const account = authenticated(world, request);
    if (!account) {
      response.set('WWW-Authenticate', 'Basic realm="Twilio API"');
      throw notAuthenticated();
    }
    const [, accountSid] = /^\/2010-04-01\/Accounts\/(AC[0-9a-fA-F]{32})(?:[./]|$)/.exec(request.path) ?? [];
    if (accountSid !== undefined && accountSid !== account.accountSid) throw notFound(request.path);
    response.locals['account'] = account;
    next();
  };
}

export function accountOf(response: Response): Account {
  return response.locals['account'] as Account;
}

function authenticated(world: World, request: Request): Account | undefined {
  const [scheme, credentials] = request.get('authorization')?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'basic' || !credentials) return undefined;
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? undefined : world.accounts.authenticate(decoded.slice(0, colon), decoded.slice(colon + 1));
}

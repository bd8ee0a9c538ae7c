import type { Member } from '#models/members.repository';
import { createSignInLink } from '#services/auth/create-sign-in-link';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';

export interface ApiAnswer<Body = Record<string, unknown>> {
  status: number;
  body: Body;
  text: string;
  headers: Headers;
}

/** One caller of the API: with a key, with a session, or nobody. */
export interface Caller {
  get<Body = Record<string, unknown>>(path: string, headers?: Record<string, string>): Promise<ApiAnswer<Body>>;
  post<Body = Record<string, unknown>>(path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer<Body>>;
}

export function callerOf(url: string, standing: Record<string, string> = {}): Caller {
  const call = async <Body>(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<ApiAnswer<Body>> => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...standing, ...headers },
      ...sent,
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, body: (isJson ? JSON.parse(text) : {}) as Body, text, headers: answer.headers };
  };
  return { get: (path, headers = {}) => call('GET', path, undefined, headers), post: (path, body, headers = {}) => call('POST', path, body, headers) };
}

export async function withKey(env: TestEnv, business: TestBusiness): Promise<Caller & { token: string }> {
  const { token } = await business.ctx.apiKeys.create({ name: 'test', scopes: ['*'] });
  return { ...callerOf(env.url, { authorization: `Bearer ${token}` }), token };
}

export const newMember = (business: TestBusiness, name = 'Anna'): Promise<Member> =>
  business.ctx.members.create({ name, email: `${name}-${Math.random()}@example.com`, role: 'owner' });

/** Signs a member in as the welcome page does. */
export async function signIn(
  env: TestEnv,
  business: TestBusiness,
  member: Member,
): Promise<{ cookie: string; csrf: string; caller: Caller; setCookie: string }> {
  const { url } = await createSignInLink(business.ctx, { memberId: member.id });
  const redeemed = await callerOf(env.url).post('/api/sign-in/redeem', { token: new URL(url).searchParams.get('t') });
  if (redeemed.status !== 204) throw new Error(`sign-in answered ${redeemed.status} ${redeemed.text}`);
  const setCookie = redeemed.headers.get('set-cookie') ?? '';
  const cookie = setCookie.split(';')[0] ?? '';
  const me = await callerOf(env.url, { cookie }).get<{ csrfToken: string }>('/api/me');
  return { cookie, csrf: me.body.csrfToken, setCookie, caller: callerOf(env.url, { cookie, 'x-csrf-token': me.body.csrfToken }) };
}

interface HeardEvent {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

/** Reads server-sent events until told to stop. */
export async function openEvents(url: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const answer = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: stop.signal });
  const events: HeardEvent[] = [];
  const ended = collect(answer, events).catch((thrown: unknown) => {
    if (!stop.signal.aborted) throw thrown;
  });
  return { status: answer.status, headers: answer.headers, events, ended, [Symbol.dispose]: () => stop.abort() };
}

async function collect(answer: Response, events: HeardEvent[]): Promise<void> {
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    events.push(...frames.filter((frame) => /^data:/m.test(frame)).map(heardEvent));
  }
}

function heardEvent(frame: string): HeardEvent {
  const field = (name: string): string | undefined => new RegExp(`^${name}:(.*)$`, 'm').exec(frame)?.[1]?.trim();
  return { id: field('id') ?? '', type: field('event') ?? 'message', data: JSON.parse(field('data') ?? '{}') as Record<string, unknown> };
}

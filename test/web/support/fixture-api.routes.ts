import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Router } from 'express';
import type { ConversationSummary } from '#web/api/api.types';
import { DENTIST, GARAGE, KIM } from './fixture-conversations.ts';
import type { FixtureWorld } from './fixture-world.ts';

const PAGE = 30;
const TURN = {
  messageIds: ['c_sanne.2', 'c_sanne.3', 'c_sanne.4'],
  reply: { text: null, intent: 'car_search', confidence: 0.91 },
  trace: {
    assistant: 'built-in',
    language: 'nl',
    tools: [{ name: 'search_listings', input: { brand: 'Volkswagen', model: 'Golf', fuel: 'petrol', fromYear: 2018 }, output: { found: 2 }, ms: 4 }],
    sources: [{ kind: 'listing', id: 'car_1', title: 'Volkswagen Golf 1.0 TSI Comfortline (2019)' }],
    ms: 38,
  },
};

const FILTERS: readonly [name: string, matches: (each: ConversationSummary, value: string) => boolean][] = [
  ['channel', (each, value) => each.channel === value],
  ['status', (each, value) => each.status === value],
  ['owner', (each, value) => each.owner.type === value],
  ['unread', (each) => each.unreadCount > 0],
  ['attention', (each) => each.attention !== null],
  ['phone', (each, value) => each.customer.phone === value],
  ['q', (each, value) => (each.customer.name ?? '').toLowerCase().includes(value.toLowerCase())],
];

/** The staff API and web chat as API.md describes them, from memory. */
export function fixtureApiRoutes(world: FixtureWorld): Router {
  const router = Router();
  router.use('/api', (request, response, next) => {
    if (request.method !== 'GET') world.requests.push({ method: request.method, path: request.path, body: request.body });
    const failure = world.failures.get(`${request.method} ${request.originalUrl.split('?')[0]}`);
    if (failure) return void refuse(response, failure.status, failure.code, failure.message);
    next();
  });
  const staff = (_request: Request, response: Response, next: NextFunction) => {
    if (world.signedIn) next();
    else refuse(response, 401, 'auth.required', 'Sign in first.');
  };
  const found = (request: Request, response: Response) => {
    const each = world.conversations.get(String(request.params.id));
    if (!each) refuse(response, 404, 'conversation.not_found', 'This conversation does not exist.');
    return each;
  };

  router.get('/api/demo', (_request, response) => {
    const businesses = [GARAGE, DENTIST].map(({ number, ...business }) => ({ ...business, numbers: [{ e164: number, channels: ['sms', 'whatsapp', 'web'] }] }));
    response.json({ businesses, simulatorUrl: 'http://localhost:0' });
  });
  router.post('/api/sign-in/redeem', ({ body }, response) => {
    if (body.token !== 'good-token') return refuse(response, 410, 'sign_in_link.expired', 'This link was used already or is too old.');
    world.signedIn = true;
    response.status(204).end();
  });
  router.use(['/api/me', '/api/conversations', '/api/events', '/api/sign-out'], staff);
  router.get('/api/me', (_request, response) => {
    const { number: _number, ...business } = GARAGE;
    response.json({ member: KIM, business, csrfToken: 'csrf', testMode: true, temporalUiUrl: 'http://localhost:8233' });
  });
  router.post('/api/sign-out', (_request, response) => {
    world.signedIn = false;
    response.status(204).end();
  });
  router.get('/api/events', (_request, response) => world.inboxEvents.subscribe(response));

  router.get('/api/conversations', ({ query }, response) => {
    const all = [...world.conversations.values()]
      .map(({ detail }) => detail)
      .filter((each) => FILTERS.every(([name, matches]) => query[name] === undefined || matches(each, String(query[name]))))
      .sort((a, b) => (b.lastMessage?.at ?? '').localeCompare(a.lastMessage?.at ?? ''));
    response.json(page(all, Number(query.cursor ?? 0), Number(query.limit ?? PAGE)));
  });
  router.post('/api/conversations/messages', ({ body }, response) => {
    const sent = world.addMessage(body.conversationId, 'member', body.text, {
      memberName: KIM.name,
      delivery: { state: 'planned', attempts: 0, waitsFor: null, nextTryAt: null, error: null },
    });
    setTimeout(
      () =>
        world.setStatus(body.conversationId, sent.id, {
          status: 'delivered',
          delivery: { state: 'accepted', attempts: 1, waitsFor: null, nextTryAt: null, error: null },
        }),
      150,
    );
    response.status(202).json(sent);
  });
  router.get('/api/conversations/:id', (request, response) => void response.json(found(request, response)?.detail));
  router.get('/api/conversations/:id/messages', (request, response) => {
    const each = found(request, response);
    if (!each) return;
    const end = request.query.cursor === undefined ? each.messages.length : Number(request.query.cursor);
    const start = Math.max(0, end - PAGE);
    response.json({ items: each.messages.slice(start, end), nextCursor: start > 0 ? String(start) : null });
  });
  router.get('/api/conversations/:id/state', (request, response) => {
    const each = found(request, response);
    if (!each) return;
    const { owner, workflow, status } = each.detail;
    response.json({
      owner: owner.type,
      doing: owner.type === 'member' ? 'waiting_for_member' : 'idle',
      waitingMessages: 0,
      turns: 2,
      lastActivityAtMs: world.now(),
      running: status === 'open',
      workflowUrl: workflow.url,
    });
  });
  router.get('/api/conversations/:id/turns/:turnId', ({ params }, response) => void response.json({ turnId: params.turnId, ...TURN }));
  for (const [path, owner] of [
    ['takeover', { type: 'member', memberId: KIM.id, name: KIM.name }],
    ['handback', { type: 'assistant' }],
  ] as const) {
    router.post(`/api/conversations/:id/${path}`, (request, response) => {
      const each = found(request, response);
      if (!each) return;
      each.detail.owner = { ...owner };
      world.announce('conversation.owner_changed', each.detail.id);
      response.json({ owner });
    });
  }
  router.post('/api/conversations/:id/read', (request, response) => {
    const each = found(request, response);
    if (!each) return;
    each.detail.unreadCount = 0;
    response.status(204).end();
  });
  router.post('/api/conversations/:id/reset-context', (request, response) => {
    const each = found(request, response);
    if (!each) return;
    each.detail.contextFrom = new Date(world.now()).toISOString();
    response.status(204).end();
  });
  router.post('/api/conversations/:id/messages/:messageId/retry', (request, response) => {
    const message = found(request, response)?.messages.find(({ id }) => id === request.params.messageId);
    if (!message) return;
    Object.assign(message, { status: null, delivery: { state: 'attempting', attempts: 5, waitsFor: null, nextTryAt: null, error: null } });
    setTimeout(
      () =>
        world.setStatus(message.conversationId, message.id, {
          status: 'delivered',
          delivery: { state: 'accepted', attempts: 5, waitsFor: null, nextTryAt: null, error: null },
        }),
      300,
    );
    response.status(202).json(message);
  });
  return router;
}

export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message, requestId: `req_${randomUUID().slice(0, 8)}` } });
}

function page<Item>(all: Item[], start: number, limit: number): { items: Item[]; nextCursor: string | null } {
  return { items: all.slice(start, start + limit), nextCursor: start + limit < all.length ? String(start + limit) : null };
}

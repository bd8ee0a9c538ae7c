import { Router } from 'express';
import type { ChatMessage } from '#web/chat-demo/chat.types';
import { refuse } from './fixture-api.routes.ts';
import { GARAGE } from './fixture-conversations.ts';
import type { FixtureWorld } from './fixture-world.ts';

/** Web chat: the first send of an id answers "again", the second the reply; the words "too fast" are refused with 429. */
export function fixtureChatRoutes(world: FixtureWorld): Router {
  const router = Router();
  const messages: ChatMessage[] = [];
  const submitted = new Map<string, number>();
  const at = () => new Date(world.now()).toISOString();

  router.post('/api/chat/session', ({ body }, response) => {
    const resumed = body.token === 'visitor-token';
    if (!resumed) messages.length = 0;
    response.json({
      token: 'visitor-token',
      sessionId: 'ses_1',
      conversationId: 'c_web',
      resumed,
      expiresAt: at(),
      business: { name: GARAGE.name, locale: 'nl' },
      messages,
    });
  });
  router.get('/api/chat/history', (_request, response) => void response.json({ items: messages, nextCursor: null }));
  router.get('/api/chat/stream', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': connected\n\n');
  });
  router.post('/api/chat/send', ({ body }, response) => {
    if (body.text === 'too fast') {
      response.set('retry-after', '17');
      return refuse(response, 429, 'rate_limited', 'Too many requests.');
    }
    const times = (submitted.get(body.messageId) ?? 0) + 1;
    submitted.set(body.messageId, times);
    if (times === 1) return void response.status(202).json({ state: 'again', reply: null });
    messages.push({ id: body.messageId, role: 'customer', text: body.text, at: at() });
    const reply: ChatMessage = {
      id: `${body.messageId}.0`,
      role: 'assistant',
      text: 'Zaterdag zijn we open van 10:00 tot 16:00.',
      quickReplies: [{ label: 'Afspraak maken', payload: 'book' }],
      at: at(),
    };
    messages.push(reply);
    response.json({ state: 'answered', reply });
  });
  return router;
}

import { randomUUID } from 'node:crypto';
import type { LiveEvent, Message } from '#web/api/api.types';
import type { Fault, SimMessage, WebhookRecord } from '#web/phone/simulator.types';
import type { FixtureConversation } from './fixture-conversations.ts';
import { aGarageInbox, GARAGE, newMessage } from './fixture-conversations.ts';
import { createSseHub } from './sse-hub.ts';

/** In-memory state behind the API contract: enough for the pages to live, and a log of what they asked. */
export function createFixtureWorld() {
  const inboxEvents = createSseHub();
  const simEvents = createSseHub();
  const conversations = new Map<string, FixtureConversation>();
  const simMessages: SimMessage[] = [];
  const webhooks: WebhookRecord[] = [];
  const world = {
    inboxEvents,
    simEvents,
    conversations,
    simMessages,
    webhooks,
    faults: [] as Fault[],
    signedIn: true,
    offsetMs: 0,
    /** Paths answered once with this error instead, for tests of failure. */
    failures: new Map<string, { status: number; code: string; message: string }>(),
    requests: [] as { method: string; path: string; body: unknown }[],
    now: () => Date.now() + world.offsetMs,
    reset() {
      conversations.clear();
      for (const each of aGarageInbox(Date.now())) conversations.set(each.detail.id, each);
      simMessages.length = 0;
      webhooks.length = 0;
      world.faults = [];
      world.signedIn = true;
      world.offsetMs = 0;
      world.failures.clear();
      world.requests.length = 0;
    },
    announce(type: LiveEvent['type'], conversationId?: string) {
      inboxEvents.send(type, { type, conversationId, at: new Date(world.now()).toISOString(), data: {} });
    },
    /** Adds a message to a conversation, as the backend would after a webhook or a send. */
    addMessage(conversationId: string, role: Message['role'], text: string, more: Partial<Message> = {}): Message {
      const found = conversations.get(conversationId);
      if (!found) throw new Error(`no conversation ${conversationId}`);
      const at = new Date(world.now()).toISOString();
      const added = newMessage(conversationId, found.messages.length, role, text, at, { id: `${conversationId}.${randomUUID()}`, ...more });
      found.messages.push(added);
      found.detail.lastMessage = { text, role, at };
      if (role === 'customer') {
        found.detail.unreadCount += 1;
        found.detail.lastInboundAt = at;
        if (found.detail.channel === 'whatsapp') found.detail.windowEndsAt = new Date(world.now() + 86_400_000).toISOString();
      }
      world.announce(role === 'customer' ? 'message.received' : 'message.planned', conversationId);
      return added;
    },
    setStatus(conversationId: string, messageId: string, patch: Partial<Message>) {
      const message = conversations.get(conversationId)?.messages.find(({ id }) => id === messageId);
      if (message) Object.assign(message, patch);
      world.announce('message.status', conversationId);
    },
    /** The conversation of a phone with the garage, when it is seeded. */
    conversationOf: (phone: string, channel: string) =>
      [...conversations.values()].find(
        ({ detail }) => detail.customer.phone === phone && detail.channel === channel && detail.businessNumber === GARAGE.number,
      ),
  };
  world.reset();
  return world;
}
export type FixtureWorld = ReturnType<typeof createFixtureWorld>;

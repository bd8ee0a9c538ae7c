import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import type { Fault, SimMessage, WebhookRecord } from '#web/phone/simulator.types';
import type { FixtureWorld } from './fixture-world.ts';

const REPLY_AFTER_MS = 350;
const newSid = () => `SM${randomBytes(16).toString('hex')}`;

/** The simulator's `/_sim` routes with the shapes of the real one; a reply follows every message. */
export function fixtureSimRoutes(world: FixtureWorld): Router {
  const router = Router();
  const { webhooks } = world;
  let nextFault = 1;
  const now = () => new Date(world.now()).toISOString();

  const addWebhook = (kind: WebhookRecord['kind'], sid: string, parameters: [string, string][], status = 200) => {
    const body = new URLSearchParams(parameters).toString();
    const url = kind === 'status' ? 'http://localhost:3000/webhooks/twilio/status?out=c_sanne.t.0' : 'http://localhost:3000/webhooks/twilio/whatsapp';
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', 'x-twilio-signature': 'hW1yZ0o4k2cXwRr6bq0lZ1c0v4E=' };
    const attempts = [
      {
        attempt: 1,
        at: now(),
        status,
        headers: { 'content-type': 'text/xml' },
        body: kind === 'status' ? '' : '<Response></Response>',
        ms: 9 + webhooks.length,
      },
    ];
    const record: WebhookRecord = {
      id: webhooks.length + 1,
      at: now(),
      kind,
      sid,
      url,
      headers,
      parameters,
      body,
      attempts,
      curl: `curl -X POST '${url}' --data-raw '${body}'`,
    };
    webhooks.push(record);
    world.simEvents.send('webhook.delivered', record);
    return record;
  };
  const publish = (message: SimMessage, type: 'message.created' | 'message.status') => world.simEvents.send(type, { ...message });
  const store = (facts: Pick<SimMessage, 'direction' | 'from' | 'to' | 'body' | 'status'>): SimMessage => {
    const message: SimMessage = {
      sid: newSid(),
      accountSid: 'AC0',
      errorCode: null,
      errorMessage: null,
      media: [],
      createdAt: now(),
      sentAt: now(),
      updatedAt: now(),
      ...facts,
    };
    world.simMessages.push(message);
    publish(message, 'message.created');
    return message;
  };
  const setStatus = (message: SimMessage, status: string) => {
    Object.assign(message, { status, updatedAt: now() });
    publish(message, 'message.status');
    addWebhook('status', message.sid, [
      ['MessageSid', message.sid],
      ['MessageStatus', status],
      ['To', message.to],
    ]);
  };
  const answer = (inbound: SimMessage) => {
    const reply = store({
      direction: 'outbound-api',
      from: inbound.to,
      to: inbound.from ?? '',
      body: 'We hebben twee Golfs staan. Wat wilt u doen?\n1. Proefrit plannen\n2. Meer foto’s',
      status: 'queued',
    });
    setTimeout(() => setStatus(reply, 'sent'), 40);
    setTimeout(() => setStatus(reply, 'delivered'), 90);
  };

  router.get('/_sim/stream', (_request, response) => world.simEvents.subscribe(response));
  router.post('/_sim/inbound-message', ({ body }, response) => {
    const prefix = body.channel === 'whatsapp' ? 'whatsapp:' : '';
    const known = world.simMessages.find(({ sid }) => sid === body.messageSid);
    const message = known ?? store({ direction: 'inbound', from: prefix + body.from, to: prefix + body.to, body: body.body, status: 'received' });
    if (!body.skipWebhook) {
      for (let time = 0; time < (body.times ?? 1); time += 1)
        addWebhook('inbound', message.sid, [
          ['MessageSid', message.sid],
          ['Body', body.body],
          ['From', prefix + body.from],
        ]);
      const conversation = world.conversationOf(body.from, body.channel);
      if (conversation && !known) world.addMessage(conversation.detail.id, 'customer', body.body);
      setTimeout(() => answer(message), REPLY_AFTER_MS);
    }
    response.status(202).json({ messageSid: message.sid, deliveries: [] });
  });
  router.get('/_sim/messages', ({ query }, response) => {
    response.json({ messages: world.simMessages.filter(({ from, to }) => from === query.with || to === query.with), now: now() });
  });
  router.post('/_sim/messages/:sid/read', ({ params }, response) => {
    const message = world.simMessages.find(({ sid }) => sid === params.sid);
    if (message) setStatus(message, 'read');
    response.json(message ?? {});
  });
  router.get('/_sim/webhooks', (_request, response) => void response.json({ webhooks }));
  router.post('/_sim/webhooks/:id/resend', ({ params }, response) => {
    const record = webhooks.find(({ id }) => id === Number(params.id));
    if (!record) return void response.status(404).json({ error: 'no such webhook' });
    response.status(201).json(addWebhook(record.kind, record.sid, record.parameters));
  });
  router.get('/_sim/ledger', (_request, response) => {
    response.json({
      entries: world.simMessages.map(({ sid, body, createdAt, direction }, index) => ({
        n: index + 1,
        at: createdAt,
        sid,
        body,
        kind: direction === 'inbound' ? 'message.received' : 'message.accepted',
      })),
    });
  });
  router.get('/_sim/faults', (_request, response) => void response.json({ faults: world.faults }));
  router.post('/_sim/faults', ({ body }, response) => {
    const fault: Fault = { id: nextFault, struck: 0, rate: 1, ...body };
    nextFault += 1;
    world.faults.push(fault);
    response.status(201).json(fault);
  });
  router.delete('/_sim/faults', (_request, response) => {
    world.faults = [];
    response.status(204).end();
  });
  router.delete('/_sim/faults/:id', ({ params }, response) => {
    world.faults = world.faults.filter(({ id }) => id !== Number(params.id));
    response.status(204).end();
  });
  const clock = () => ({ now: now(), offsetMs: world.offsetMs });
  router.get('/_sim/clock', (_request, response) => void response.json(clock()));
  router.post('/_sim/clock', ({ body }, response) => {
    world.offsetMs += Number(body.advance);
    response.json(clock());
  });
  return router;
}

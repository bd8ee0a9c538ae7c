import { Router } from 'express';
import { z } from 'zod';
import { putStatus, setStatus } from './delivery.ts';
import { InboundRequest } from './inbound.request.ts';
import { InboundImpossible, receiveMessage } from './inbound-message.ts';
import { messageView } from './message.view.ts';
import { isWhatsApp, MESSAGE_STATUSES } from './messages.state.ts';
import { DELIVERY_ERRORS } from './twilio.errors.ts';
import type { World } from './world.ts';

const StatusChange = z.strictObject({ status: z.enum(MESSAGE_STATUSES), errorCode: z.number().int().optional() });

/** What the phone page does: write, read, look at its thread and watch what happens. */
export function simPhoneRoutes(world: World): Router {
  const router = Router();

  router.post('/_sim/inbound-message', async (request, response) => {
    const inbound = InboundRequest.parse(request.body);
    try {
      const { message, deliveries } = await receiveMessage(world, inbound);
      if (inbound.wait) return void response.status(201).json({ messageSid: message.sid, deliveries: await deliveries });
      world.timers.background(deliveries);
      response.status(202).json({ messageSid: message.sid, deliveries: [] });
    } catch (error) {
      if (!(error instanceof InboundImpossible)) throw error;
      response.status(404).json({ error: error.message });
    }
  });

  router.get('/_sim/messages', (request, response) => {
    const { with: address, number } = z.strictObject({ with: z.string().optional(), number: z.string().optional() }).parse(request.query);
    const messages = (address ? world.messages.thread(address) : world.messages.all()).filter(({ from, to }) => !number || from === number || to === number);
    const windowClosesAt = address && number ? world.window.closesAt(address, number)?.toISOString() : undefined;
    response.json({ messages: messages.map(messageView), now: world.clock.now().toISOString(), ...(windowClosesAt ? { windowClosesAt } : {}) });
  });

  router.post('/_sim/messages/:sid/read', async ({ params }, response) => {
    const message = world.messages.find(params.sid);
    if (!message) return void response.status(404).json({ error: 'no such message' });
    if (!isWhatsApp(message) || message.direction === 'inbound')
      return void response.status(409).json({ error: 'only a WhatsApp message to a customer is read' });
    if (message.status === 'delivered') await setStatus(world, message, 'read');
    else message.readWhenDelivered = true;
    response.json(messageView(message));
  });

  router.post('/_sim/messages/:sid/status', ({ params, body }, response) => {
    const { status, errorCode } = StatusChange.parse(body);
    const message = world.messages.find(params.sid);
    if (!message) return void response.status(404).json({ error: 'no such message' });
    putStatus(world, message, status, errorCode === undefined ? undefined : { code: errorCode, message: DELIVERY_ERRORS[errorCode] ?? null });
    response.json(messageView(message));
  });

  router.get('/_sim/media/:messageSid/:sid', ({ params }, response) => {
    const media = world.media.get(params.messageSid, params.sid);
    if (!media) return void response.status(404).json({ error: 'no such media' });
    response.set({ 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' }).type(media.contentType).send(media.bytes);
  });

  router.get('/_sim/stream', (_request, response) => world.activity.subscribe(response));
  return router;
}

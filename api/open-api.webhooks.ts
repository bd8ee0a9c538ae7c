import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

const Signature = z.object({
  'x-twilio-signature': z.string().meta({ description: "HMAC-SHA1 over the configured public address and the sorted fields, under the account's auth token." }),
});

const InboundForm = z
  .looseObject({
    MessageSid: z.string().meta({ example: 'SM0123456789abcdef0123456789abcdef' }),
    AccountSid: z.string().meta({ example: 'AC00000000000000000000000000000000' }),
    From: z.string().meta({ example: 'whatsapp:+31612345678' }),
    To: z.string().meta({ example: 'whatsapp:+31201234567' }),
    Body: z.string().meta({ example: 'Ik zoek een Volkswagen Golf' }),
    NumMedia: z.string().optional().meta({ example: '0' }),
    MediaUrl0: z.string().optional(),
    MediaContentType0: z.string().optional(),
    ProfileName: z.string().optional().meta({ description: 'WhatsApp only.', example: 'Sanne' }),
    ButtonPayload: z.string().optional(),
    OptOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
  })
  .meta({ id: 'TwilioInboundMessage', description: 'Further fields may come at any time and are ignored.' });

const StatusForm = z
  .looseObject({
    MessageSid: z.string().meta({ example: 'SM0123456789abcdef0123456789abcdef' }),
    AccountSid: z.string().meta({ example: 'AC00000000000000000000000000000000' }),
    MessageStatus: z.string().meta({ example: 'delivered' }),
    To: z.string().meta({ example: 'whatsapp:+31612345678' }),
    ErrorCode: z.string().optional().meta({ example: '30003' }),
  })
  .meta({ id: 'TwilioStatusCallback' });

const refused: RouteConfig['responses'] = {
  400: { description: 'Not a form, oversized, a field twice, or a SID of the wrong shape: `webhook.*`. Nothing is written.' },
  403: {
    description:
      'Unsigned, wrongly signed, or an account nobody here has: `webhook.signature_missing`, `webhook.signature_invalid`, `webhook.unknown_account`. Nothing is written.',
  },
  503: { description: 'Nothing could be stored, or whose number it is cannot be known now; Twilio tries again.' },
};

const inbound = (channel: 'whatsapp' | 'sms'): RouteConfig => ({
  method: 'post',
  path: `/webhooks/twilio/${channel}`,
  operationId: channel === 'whatsapp' ? 'receiveWhatsapp' : 'receiveSms',
  summary: channel === 'whatsapp' ? "A customer's WhatsApp message" : "A customer's SMS",
  description:
    'Set it in Twilio with `#rc=3&rp=5xx,ct,rt&ct=3000&tt=15000`, so that Twilio tries again. The address may end in `/<TWILIO_WEBHOOK_SECRET>`. GET answers 200 for set-up checks.',
  tags: ['Webhooks from Twilio'],
  security: [],
  request: { headers: Signature, body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: InboundForm } } } },
  responses: {
    200: {
      description:
        "The message is durable (or came before); the reply goes out through Twilio's API. A number nobody serves gets the same answer and no reply.",
      content: { 'text/xml': { schema: { type: 'string' }, example: '<?xml version="1.0" encoding="UTF-8"?><Response/>' } },
    },
    429: {
      description: 'The phone is over its rate. The message is durable all the same and answered when the minute has passed.',
      content: { 'text/plain': { schema: { type: 'string' }, example: 'Too many requests, please slow down' } },
    },
    ...refused,
  },
});

const status: RouteConfig = {
  method: 'post',
  path: '/webhooks/twilio/status',
  operationId: 'receiveStatus',
  summary: 'What became of a message we sent',
  tags: ['Webhooks from Twilio'],
  security: [],
  request: {
    headers: Signature,
    query: z.object({ out: z.string().optional().meta({ description: 'Our own id of the message; part of the signed address.' }) }),
    body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: StatusForm } } },
  },
  responses: { 200: { description: 'Recorded; a status never goes backwards.' }, ...refused },
};

/** Routes Twilio calls; described by hand since they are forms and not JSON. */
export const webhookPaths: RouteConfig[] = [inbound('whatsapp'), inbound('sms'), status];

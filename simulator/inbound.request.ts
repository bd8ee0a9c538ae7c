import { z } from 'zod';
import { addressOn, bareAddress, channelOf } from './addresses.ts';

const base64Media = z.strictObject({ contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), base64: z.base64() });

/** A message that somebody's phone sends to a number of ours. */
export const InboundRequest = z
  .strictObject({
    from: z.string().min(2),
    to: z.string().min(2),
    body: z.string().max(65_536).default(''),
    /** Without it the addresses' own prefix decides. */
    channel: z.enum(['sms', 'whatsapp']).optional(),
    /** Fetched at once; the webhook names the simulator's copy. */
    mediaUrls: z
      .array(z.url({ protocol: /^https?$/ }))
      .max(10)
      .default([]),
    media: z.array(base64Media).max(10).default([]),
    profileName: z.string().optional(),
    username: z.string().optional(),
    messageType: z.string().optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    address: z.string().optional(),
    label: z.string().optional(),
    buttonText: z.string().optional(),
    buttonPayload: z.string().optional(),
    listId: z.string().optional(),
    listTitle: z.string().optional(),
    repliedToSid: z.string().optional(),
    forwarded: z.boolean().default(false),
    /** The same webhook this many times at once. */
    times: z.number().int().min(1).max(1_000).default(1),
    /** A known one is delivered again instead of created. */
    messageSid: z
      .string()
      .regex(/^(SM|MM)[0-9a-f]{32}$/)
      .optional(),
    /** A lost webhook: the message is in Twilio's list and nobody was told. */
    skipWebhook: z.boolean().default(false),
    /** False answers before the webhook is delivered. */
    wait: z.boolean().default(true),
  })
  .transform((request) => {
    const channel = request.channel ?? (channelOf(request.to) === 'whatsapp' || channelOf(request.from) === 'whatsapp' ? 'whatsapp' : 'sms');
    return { ...request, channel, from: addressOn(channel, bareAddress(request.from)), to: addressOn(channel, bareAddress(request.to)) };
  })
  .refine(({ channel, media, mediaUrls }) => channel === 'sms' || media.length + mediaUrls.length <= 1, {
    message: 'WhatsApp sends an album as one message for each picture',
    path: ['media'],
  });
export type InboundRequest = z.infer<typeof InboundRequest>;

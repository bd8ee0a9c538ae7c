import { z } from 'zod';
import { commaList, duration, milliseconds, setting } from './setting.ts';

export const CONVERSATIONS_SETTINGS = {
  conversationTtlMs: setting({
    env: 'CONVERSATION_TTL',
    group: 'Conversations',
    about: 'A session ends, and its context is dropped, after this much silence.',
    schema: duration.default(86_400_000),
    example: '24h',
  }),
  quietMs: setting({
    env: 'QUIET_WINDOW_MS',
    group: 'Conversations',
    about: 'How long an SMS or WhatsApp customer must be silent before a reply is composed; 0 replies at once.',
    schema: milliseconds(0, 60_000).default(1_500),
  }),
  maxBurstMs: setting({
    env: 'MAX_BURST_MS',
    group: 'Conversations',
    about: 'The longest a burst of messages may keep the reply waiting.',
    schema: milliseconds(0, 120_000).default(6_000),
  }),
  replyAlertAfterMs: setting({
    env: 'REPLY_ALERT_AFTER',
    group: 'Conversations',
    about: 'A customer left without an answer for this long raises a staff alert.',
    schema: duration.default(300_000),
    example: '5m',
  }),
  replyFallbackAfterMs: setting({
    env: 'REPLY_FALLBACK_AFTER',
    group: 'Conversations',
    about: 'And after this long the customer gets a fixed text.',
    schema: duration.default(900_000),
    example: '15m',
  }),
  takeoverTimeoutMs: setting({
    env: 'TAKEOVER_TIMEOUT',
    group: 'Conversations',
    about: 'A takeover ends after this much silence.',
    schema: duration.default(43_200_000),
    example: '12h',
  }),
  reconcileEveryMs: setting({
    env: 'RECONCILE_EVERY_MS',
    group: 'Conversations',
    about: "Pause between two looks at Twilio when a send's outcome is unknown; three empty looks allow a resend.",
    schema: milliseconds(50, 600_000).default(20_000),
  }),
  sendRetryMs: setting({
    env: 'SEND_RETRY_MS',
    group: 'Conversations',
    about: 'Waits between the quick tries of a failed send.',
    schema: commaList
      .transform((waits) => waits.map(Number))
      .pipe(z.array(z.number().int().min(1).max(600_000)).min(1))
      .default([1_000, 2_000, 4_000]),
    example: '1000,2000,4000',
  }),
  parkedRetryMs: setting({
    env: 'PARKED_RETRY_MS',
    group: 'Conversations',
    about: 'Pauses between the slow tries of a parked send; the last one repeats.',
    schema: commaList
      .transform((waits) => waits.map(Number))
      .pipe(z.array(z.number().int().min(1).max(86_400_000)).min(1))
      .default([60_000, 120_000, 240_000, 480_000, 900_000]),
    example: '60000,120000,240000,480000,900000',
  }),
  idleCloseMs: setting({
    env: 'IDLE_CLOSE',
    group: 'Conversations',
    about: 'A conversation workflow with nothing to do closes after this long; the next message starts a new run.',
    schema: duration.default(21_600_000),
    example: '6h',
  }),
};

import { z } from 'zod';
import { milliseconds, phoneNumber, setting } from './setting.ts';

export const TWILIO_SETTINGS = {
  twilioAccountSid: setting({
    env: 'TWILIO_ACCOUNT_SID',
    group: 'Twilio',
    about: 'The account of the first business; further businesses bring their own.',
    schema: z
      .string()
      .regex(/^AC[0-9a-f]{32}$/, 'AC and 32 hexadecimal digits')
      .optional(),
    example: 'AC00000000000000000000000000000000',
  }),
  twilioAuthToken: setting({
    env: 'TWILIO_AUTH_TOKEN',
    group: 'Twilio',
    about: 'Auth token of that account; signs its webhooks.',
    schema: z.string().min(8).optional(),
    secret: true,
    example: '',
  }),
  twilioPhoneNumber: setting({
    env: 'TWILIO_PHONE_NUMBER',
    group: 'Twilio',
    about: "The first business's number for SMS and calls.",
    schema: phoneNumber.optional(),
    example: '+31201234567',
  }),
  twilioWhatsappNumber: setting({
    env: 'TWILIO_WHATSAPP_NUMBER',
    group: 'Twilio',
    about: "The first business's WhatsApp sender.",
    schema: phoneNumber.optional(),
    example: '+31201234567',
  }),
  twilioWebhookUrl: setting({
    env: 'TWILIO_WEBHOOK_URL',
    group: 'Twilio',
    about: 'The base address Twilio calls, byte for byte as configured there; PUBLIC_URL when absent.',
    schema: z.url().optional(),
    example: 'https://switchboard.example.com',
  }),
  twilioWebhookSecret: setting({
    env: 'TWILIO_WEBHOOK_SECRET',
    group: 'Twilio',
    about: 'An optional second check: when set, webhook paths end in it (/webhooks/twilio/sms/<secret>).',
    schema: z
      .string()
      .regex(/^[\w-]{16,}$/, 'at least 16 letters, digits, - or _')
      .optional(),
    secret: true,
    example: '',
  }),
  twilioVerifyServiceSid: setting({
    env: 'TWILIO_VERIFY_SERVICE_SID',
    group: 'Twilio',
    about: 'The Verify service of the first business.',
    schema: z
      .string()
      .regex(/^VA[0-9a-f]{32}$/, 'VA and 32 hexadecimal digits')
      .optional(),
    example: 'VA00000000000000000000000000000000',
  }),
  twilioApiBaseUrl: setting({
    env: 'TWILIO_API_BASE_URL',
    group: 'Twilio',
    about: 'Send Twilio API calls here instead of to Twilio (the local simulator).',
    schema: z.url().optional(),
    example: 'http://localhost:4010',
  }),
  twilioTimeoutMs: setting({
    env: 'TWILIO_TIMEOUT_MS',
    group: 'Twilio',
    about: 'How long one Twilio call may take before its outcome counts as unknown.',
    schema: milliseconds(100, 60_000).default(10_000),
  }),
  simulatorUrl: setting({
    env: 'SIMULATOR_URL',
    group: 'Twilio',
    about: 'The local simulator the phone page talks to; test mode only.',
    schema: z.url().optional(),
    example: 'http://localhost:4010',
  }),
};

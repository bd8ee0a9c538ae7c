import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';

export interface Answer {
  status: number;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}

/** Plain HTTP, so that every header can be set, Host included. */
export function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: options.method ?? 'GET', headers: options.headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: answer.headers }));
    });
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

export const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

export const formOf = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

/** What Twilio posts for a WhatsApp text. */
export const inboundFields = (business: Pick<TestBusiness, 'account' | 'e164'>, changes: Record<string, string> = {}): Record<string, string> => {
  const sid = changes['MessageSid'] ?? newSid();
  return {
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    AccountSid: business.account.accountSid,
    From: 'whatsapp:+31612345678',
    To: `whatsapp:${business.e164}`,
    Body: 'Ik zoek een Volkswagen Golf',
    NumMedia: '0',
    NumSegments: '1',
    SmsStatus: 'received',
    ApiVersion: '2010-04-01',
    ProfileName: 'Sanne de Vries',
    WaId: '31612345678',
    ...changes,
  };
};

export interface WebhookCall {
  path?: string;
  fields: Record<string, string>;
  authToken: string;
  /** Signed instead of the configured address. */
  signedUrl?: string;
  headers?: Record<string, string>;
  /** Sent instead of the fields as a form; the signature stays that of the fields. */
  rawBody?: string | Buffer;
}

/** Calls a webhook as Twilio does: a form, signed over the configured public address. */
export function callWebhook(
  env: Pick<TestEnv, 'url' | 'config'>,
  { path = '/webhooks/twilio/whatsapp', fields, authToken, signedUrl, headers, rawBody }: WebhookCall,
): Promise<Answer> {
  const signature = getExpectedTwilioSignature(authToken, signedUrl ?? env.config.webhookBaseUrl + path, fields);
  const body = rawBody ?? formOf(fields);
  return send(env.url + path, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'content-length': String(Buffer.byteLength(body)),
      'x-twilio-signature': signature,
      ...headers,
    },
  });
}

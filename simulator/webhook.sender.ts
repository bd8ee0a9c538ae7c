import { randomUUID } from 'node:crypto';
import type { ConnectionOverrides } from './connection-overrides.ts';
import { connectionOverridesOf } from './connection-overrides.ts';
import type { Fault } from './faults.ts';
import type { PostResult } from './http.post.ts';
import { post } from './http.post.ts';
import type { FormParameters } from './signature.ts';
import { signRequest, withoutFragment } from './signature.ts';
import type { WebhookRecord } from './webhook-log.state.ts';
import type { World } from './world.ts';

export interface WebhookCall {
  kind: 'inbound' | 'status';
  accountSid: string;
  authToken: string;
  sid: string;
  url: string;
  fallbackUrl?: string;
  parameters: readonly (readonly [string, string])[];
  /** The same for every repetition of one event: Twilio's I-Twilio-Idempotency-Token. */
  idempotencyToken?: string;
  /** What the ledger says about it beside the answer. */
  facts: { to?: string; from?: string; body?: string; status?: string; statusCallback?: string; outboundId?: string };
  fault?: Fault;
}

export interface WebhookDelivery {
  status: number | null;
  ms: number;
  attempt: number;
  error?: string;
  answer?: PostResult;
}

/** Calls a webhook as Twilio does: signed, with the retries of its URL's fragment, then the fallback URL, then error 11200. */
export async function sendWebhook(world: World, call: WebhookCall): Promise<WebhookDelivery> {
  const idempotencyToken = call.idempotencyToken ?? randomUUID();
  const first = await tryUrl(world, { ...call, idempotencyToken }, call.url, call.kind);
  if (succeeded(first)) return first;

  if (call.fallbackUrl) {
    const parameters = [...call.parameters, ['ErrorCode', '11200'], ['ErrorUrl', withoutFragment(call.url)]] as const;
    const fallback = await tryUrl(world, { ...call, parameters, idempotencyToken }, call.fallbackUrl, 'fallback');
    if (succeeded(fallback)) return fallback;
  }
  world.ledger.append({
    kind: 'webhook.error',
    accountSid: call.accountSid,
    sid: call.sid,
    url: withoutFragment(call.url),
    httpStatus: first.status,
    errorCode: 11200,
    ...call.facts,
  });
  return first;
}

/** Sends a logged request again exactly as it was, once. */
export async function resendWebhook(world: World, record: WebhookRecord): Promise<WebhookRecord> {
  const { connectTimeoutMs, readTimeoutMs } = connectionOverridesOf(record.url);
  const at = world.clock.now().toISOString();
  const result = await post({ url: record.url, headers: record.headers, body: record.body, connectTimeoutMs, readTimeoutMs });
  return logged(world, { ...record, at, attempts: [{ ...result, attempt: 1, at }] });
}

async function tryUrl(world: World, call: WebhookCall & { idempotencyToken: string }, url: string, kind: WebhookRecord['kind']): Promise<WebhookDelivery> {
  const overrides = connectionOverridesOf(url);
  if (overrides.invalidPolicy) {
    world.ledger.append({ kind: 'webhook.error', accountSid: call.accountSid, sid: call.sid, url, errorCode: 11243 });
  }
  const request = signedRequest(call, withoutFragment(url));
  const attempts: WebhookRecord['attempts'] = [];
  const startedAt = performance.now();
  let result: PostResult;
  do {
    if (attempts.length > 0) await world.timers.sleep(world.settings.current.webhookRetryDelayMs);
    const leftMs = Math.max(1, overrides.totalTimeoutMs - (performance.now() - startedAt));
    const at = world.clock.now().toISOString();
    result = await post({
      ...request,
      connectTimeoutMs: Math.min(overrides.connectTimeoutMs, leftMs),
      readTimeoutMs: Math.min(overrides.readTimeoutMs, leftMs),
    });
    attempts.push({ ...result, attempt: attempts.length + 1, at });
    world.ledger.append({
      kind: call.kind === 'status' ? 'callback.sent' : 'webhook.sent',
      accountSid: call.accountSid,
      sid: call.sid,
      url: request.url,
      httpStatus: result.status,
      ...(call.fault ? { faulted: call.fault.kind } : {}),
      ...call.facts,
    });
  } while (shouldRetry(overrides, result, attempts.length, performance.now() - startedAt));

  logged(world, {
    kind,
    at: attempts[0]?.at ?? world.clock.now().toISOString(),
    accountSid: call.accountSid,
    sid: call.sid,
    url,
    headers: request.headers,
    body: request.body,
    parameters: call.parameters.map(([name, value]) => [name, value]),
    attempts,
    ...(call.fault ? { faulted: call.fault.kind } : {}),
  });
  return { status: result.status, ms: result.ms, attempt: attempts.length, answer: result, ...(result.error ? { error: result.error } : {}) };
}

function shouldRetry(overrides: ConnectionOverrides, result: PostResult, tries: number, elapsedMs: number): boolean {
  return result.failure !== undefined && overrides.retryOn.has(result.failure) && tries <= overrides.retries && elapsedMs < overrides.totalTimeoutMs;
}

function signedRequest(call: WebhookCall & { idempotencyToken: string }, url: string) {
  const token = call.fault?.kind === 'bad-signature' ? `${call.authToken}-not` : call.authToken;
  return {
    url,
    body: new URLSearchParams(call.parameters.map(([name, value]): [string, string] => [name, value])).toString(),
    headers: {
      'user-agent': 'TwilioProxy/1.1',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      accept: '*/*',
      'x-home-region': 'us1',
      'i-twilio-idempotency-token': call.idempotencyToken,
      'x-twilio-signature': signRequest(token, url, grouped(call.parameters)),
    },
  };
}

function logged(world: World, facts: Omit<WebhookRecord, 'id' | 'curl'>): WebhookRecord {
  const record = world.webhooks.add(facts);
  world.activity.publish('webhook.delivered', record);
  return record;
}

function grouped(parameters: WebhookCall['parameters']): FormParameters {
  const form = new Map<string, string[]>();
  for (const [name, value] of parameters) form.set(name, [...(form.get(name) ?? []), value]);
  return form;
}

function succeeded({ status }: WebhookDelivery): boolean {
  return status !== null && status < 400;
}

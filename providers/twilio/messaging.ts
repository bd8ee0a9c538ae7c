import type { Twilio } from 'twilio';
import twilio from 'twilio';
import type { PhoneChannel } from '#domain/channel';
import { unavailable } from '#domain/failure';
import { toTwilioAddress } from './addresses.ts';
import type { CallFault } from './call-fault.ts';
import { TwilioCallError } from './call-fault.ts';
import type { TwilioHttpOptions } from './http-client.ts';
import { TwilioHttpClient } from './http-client.ts';
import type { TwilioMessage } from './twilio-message.ts';
import { readTwilioMessage } from './twilio-message.ts';

export interface TwilioAccount {
  accountSid: string;
  authToken: string;
}

export interface SendInput {
  channel: PhoneChannel;
  /** Addresses as the domain knows them, without a channel prefix. */
  from: string;
  to: string;
  body: string;
  mediaUrls?: string[];
  statusCallback: string;
  /** Twilio drops the message when it could not hand it over within this time, so a late copy cannot surface hours later. */
  validitySeconds?: number;
}

/**
 * The outcome of one POST. `refused` and `retryable` are a definite "not sent";
 * `unknown` means Twilio may have it: look before sending again.
 */
export type SendResult =
  | { result: 'accepted'; sid: string; status: string }
  | { result: 'refused'; errorCode?: number; httpStatus: number }
  | { result: 'retryable'; errorCode?: number; retryAfterMs?: number }
  | { result: 'unknown'; why: 'timeout' | 'reset' | 'server_error' };

export interface ListInput {
  channel: PhoneChannel;
  from?: string;
  to?: string;
  /** Only messages created at or after this moment. Twilio filters by day of sending, which a queued message has none of, so this is applied here. */
  after?: Date;
  limit: number;
}

export interface TwilioMessaging {
  /** One POST, never repeated here. Never throws for an answer or a network failure. */
  send(account: TwilioAccount, input: SendInput): Promise<SendResult>;
  /** Newest first, over as many pages as `limit` needs. @throws Failure `twilio.unavailable` when Twilio did not answer with a list. */
  list(account: TwilioAccount, input: ListInput): Promise<TwilioMessage[]>;
  /** null: the account has no such message. @throws Failure `twilio.unavailable`. */
  fetch(account: TwilioAccount, sid: string): Promise<TwilioMessage | null>;
}

/** What is used of the SDK's page; a later page is the same thing under a wider type. */
interface MessagePage {
  instances: unknown[];
  nextPage(): Promise<MessagePage> | undefined;
}

const MOST_PER_PAGE = 1_000;
/** Accounts whose clients are kept; the least recently made goes first. */
const MOST_CLIENTS = 500;
const TOO_MANY_REQUESTS = 20429;

export function createTwilioMessaging(options: TwilioHttpOptions): TwilioMessaging {
  const httpClient = new TwilioHttpClient(options);
  const clientFor = createClientCache(httpClient);

  return {
    async send(account, { channel, from, to, body, mediaUrls, statusCallback, validitySeconds }) {
      try {
        const { sid, status } = await clientFor(account).messages.create({
          from: toTwilioAddress({ channel, address: from }),
          to: toTwilioAddress({ channel, address: to }),
          body,
          statusCallback,
          ...(mediaUrls?.length && { mediaUrl: mediaUrls }),
          ...(validitySeconds !== undefined && { validityPeriod: validitySeconds }),
        });
        // A 2xx without a sid came from something in front of Twilio.
        return typeof sid === 'string' ? { result: 'accepted', sid, status } : { result: 'unknown', why: 'server_error' };
      } catch (thrown) {
        return sendResultOf(faultOf(thrown));
      }
    },

    async list(account, { channel, from, to, after, limit }) {
      const filter = {
        ...(from !== undefined && { from: toTwilioAddress({ channel, address: from }) }),
        ...(to !== undefined && { to: toTwilioAddress({ channel, address: to }) }),
        pageSize: Math.min(limit, MOST_PER_PAGE),
      };
      return orUnavailable(async () => {
        const found: TwilioMessage[] = [];
        let page: MessagePage = await clientFor(account).messages.page(filter);
        for (;;) {
          const messages = page.instances.map(readTwilioMessage).filter((message) => message !== null);
          found.push(...messages.filter((message) => message.channel === channel && (after === undefined || message.createdAt >= after)));
          const isPastTheWindow = after !== undefined && messages.length > 0 && messages.every((message) => message.createdAt < after);
          const next = found.length >= limit || isPastTheWindow ? undefined : page.nextPage();
          if (!next) return found.slice(0, limit);
          page = await next;
        }
      });
    },

    async fetch(account, sid) {
      return orUnavailable(async () => {
        try {
          return readTwilioMessage(await clientFor(account).messages(sid).fetch());
        } catch (thrown) {
          const fault = faultOf(thrown);
          if (fault.kind === 'answered' && fault.httpStatus === 404) return null;
          throw thrown;
        }
      });
    },
  };
}

/** Treats by HTTP status first, then by Twilio's code. */
function sendResultOf(fault: CallFault): SendResult {
  if (fault.kind === 'not_sent') return { result: 'retryable' };
  if (fault.kind === 'no_answer') return { result: 'unknown', why: fault.why };

  const { httpStatus, errorCode, retryAfterMs } = fault;
  if (httpStatus === 429 || errorCode === TOO_MANY_REQUESTS) {
    return { result: 'retryable', ...(errorCode !== undefined && { errorCode }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (httpStatus === 408) return { result: 'unknown', why: 'timeout' };
  if (httpStatus >= 400 && httpStatus < 500) return { result: 'refused', httpStatus, ...(errorCode !== undefined && { errorCode }) };
  return { result: 'unknown', why: 'server_error' };
}

async function orUnavailable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    throw unavailable('twilio', new TwilioCallError(faultOf(thrown)).message);
  }
}

/** What is not a TwilioCallError is a 2xx answer the SDK could not read. */
const faultOf = (thrown: unknown): CallFault => (thrown instanceof TwilioCallError ? thrown.fault : { kind: 'answered', httpStatus: 200 });

function createClientCache(httpClient: TwilioHttpClient): (account: TwilioAccount) => Twilio {
  const clients = new Map<string, { authToken: string; client: Twilio }>();
  return ({ accountSid, authToken }) => {
    const known = clients.get(accountSid);
    if (known?.authToken === authToken) return known.client;

    const client = new twilio.Twilio(accountSid, authToken, { httpClient });
    clients.delete(accountSid);
    clients.set(accountSid, { authToken, client });
    for (const oldest of clients.keys()) {
      if (clients.size <= MOST_CLIENTS) break;
      clients.delete(oldest);
    }
    return client;
  };
}

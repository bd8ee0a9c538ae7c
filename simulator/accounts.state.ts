import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Channel } from './addresses.ts';
import { bareAddress } from './addresses.ts';

const webhookUrl = z.url({ protocol: /^https?$/ });

const NumberSeed = z.strictObject({
  e164: z.string().regex(/^\+[1-9]\d{6,14}$/),
  channels: z.array(z.enum(['sms', 'whatsapp'])).optional(),
  smsUrl: webhookUrl.optional(),
  whatsappUrl: webhookUrl.optional(),
  fallbackUrl: webhookUrl.optional(),
  /** Above this WhatsApp messages fail with 63018 (80 without it) and SMS wait in the sender's queue. */
  messagesPerSecond: z.number().positive().optional(),
});

/** Adds an account or changes what it names of a known one. */
export const AccountSeed = z.strictObject({
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
  authToken: z.string().min(1),
  friendlyName: z.string().optional(),
  numbers: z.array(NumberSeed).optional(),
  messagingServices: z
    .array(
      z.strictObject({
        sid: z.string().regex(/^MG[0-9a-fA-F]{32}$/),
        senders: z.array(z.string()),
        statusCallback: webhookUrl.optional(),
      }),
    )
    .optional(),
  /** Approved templates: ContentSid → text with {{1}} placeholders. */
  contents: z.record(z.string().regex(/^HX[0-9a-fA-F]{32}$/), z.string()).optional(),
  /** Adds OptOutType to the webhooks of STOP, START and HELP words. */
  advancedOptOut: z.boolean().optional(),
  /** Creates above this answer 429 / 20429; without it there is no limit. */
  createsPerSecond: z.number().positive().optional(),
});

export type AccountSeed = z.infer<typeof AccountSeed>;
export type PhoneNumber = z.infer<typeof NumberSeed> & { channels: Channel[] };
export type MessagingService = { sid: string; senders: string[]; statusCallback?: string };
export type Account = Omit<AccountSeed, 'numbers'> & {
  numbers: PhoneNumber[];
  messagingServices: MessagingService[];
  contents: Record<string, string>;
  advancedOptOut: boolean;
};

export interface AccountsState {
  list(): Account[];
  find(accountSid: string): Account | undefined;
  authenticate(accountSid: string, authToken: string): Account | undefined;
  /** Adds the account or updates it; numbers are merged by `e164`, so a test can set one webhook URL alone. */
  upsert(account: AccountSeed): Account;
  ownerOf(address: string): { account: Account; number: PhoneNumber } | undefined;
  numberOf(account: Account, address: string): PhoneNumber | undefined;
  reset(): void;
}

export function createAccounts(seed: readonly AccountSeed[]): AccountsState {
  const accounts = new Map<string, Account>();
  const numberOf = (account: Account, address: string) => {
    const e164 = bareAddress(address);
    return account.numbers.find((number) => number.e164 === e164);
  };

  const state: AccountsState = {
    list: () => [...accounts.values()],
    find: (accountSid) => accounts.get(accountSid),
    authenticate(accountSid, authToken) {
      const account = accounts.get(accountSid);
      return account && sameText(account.authToken, authToken) ? account : undefined;
    },
    upsert(account) {
      const merged = merge(accounts.get(account.accountSid), account);
      accounts.set(merged.accountSid, merged);
      return merged;
    },
    ownerOf(address) {
      for (const account of accounts.values()) {
        const number = numberOf(account, address);
        if (number) return { account, number };
      }
      return undefined;
    },
    numberOf,
    reset() {
      accounts.clear();
      for (const account of seed) state.upsert(account);
    },
  };
  state.reset();
  return state;
}

function merge(known: Account | undefined, update: AccountSeed): Account {
  const numbers = new Map(known?.numbers.map((number) => [number.e164, number]));
  for (const number of update.numbers ?? []) {
    const before = numbers.get(number.e164);
    numbers.set(number.e164, { ...before, ...number, channels: number.channels ?? before?.channels ?? ['sms'] });
  }
  const services = new Map([...(known?.messagingServices ?? []), ...(update.messagingServices ?? [])].map((service) => [service.sid, service]));
  return {
    ...known,
    ...update,
    numbers: [...numbers.values()],
    messagingServices: [...services.values()],
    contents: { ...known?.contents, ...update.contents },
    advancedOptOut: update.advancedOptOut ?? known?.advancedOptOut ?? false,
  };
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

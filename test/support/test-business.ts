import { randomBytes, randomInt } from 'node:crypto';
import type { BusinessProfile } from '#domain/business/profile';
import type { BusinessId } from '#domain/ids';
import type { NewBusiness, TwilioAccount } from '#models/businesses.repository';
import type { Conversation } from '#models/conversation';
import type { Message } from '#models/message';
import type { ComposedInstallation } from '#services/compose';
import type { ServiceContext } from '#services/context';
import type { Simulator } from '#simulator/simulator.server';

export type TestBusinessOptions = Partial<Omit<NewBusiness, 'numbers' | 'twilio'>>;

export interface TestBusiness {
  id: BusinessId;
  profile: BusinessProfile;
  account: TwilioAccount;
  /** Its one number, for SMS and WhatsApp. */
  e164: string;
  /** Acts for the business as the system, for seeding and looking. */
  ctx: ServiceContext;
  /** A phone of somebody who writes to this business. */
  phone(e164?: string): Phone;
  /** The conversation with the latest activity. */
  conversation(): Promise<Conversation>;
  /** Its messages, oldest first. */
  thread(): Promise<Message[]>;
}

export interface Phone {
  e164: string;
  /** Sends through the simulated Twilio, which delivers every webhook twice; resolves when it is answered. */
  writes(body: string, options?: WritingOptions): Promise<{ messageSid: string }>;
  /** Texts this phone got from the business, oldest first. */
  received(): string[];
}

export interface WritingOptions {
  channel?: 'sms' | 'whatsapp';
  /** How often the one webhook is delivered, at the same moment. */
  times?: number;
  profileName?: string;
}

interface World {
  installation: ComposedInstallation;
  simulator: Simulator;
  webhookBaseUrl: string;
}

/** A Dutch garage that is always open and sells one Golf, unless said otherwise. */
const GARAGE: Omit<NewBusiness, 'numbers' | 'twilio'> = {
  name: 'Garage De Linden',
  trade: 'car_dealer',
  timeZone: 'Europe/Amsterdam',
  locale: 'nl',
  hours: Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, [{ opens: '00:00', closes: '23:59' }]])),
  cars: [{ id: 'golf', brand: 'Volkswagen', model: 'Golf', year: 2021, fuel: 'petrol', mileageKm: 42_000, price: 1_895_000, currency: 'EUR', city: 'Utrecht' }],
};

/** Registers a business with us and its account at the simulated Twilio, webhooks included. */
export async function createTestBusiness({ installation, simulator, webhookBaseUrl }: World, options: TestBusinessOptions = {}): Promise<TestBusiness> {
  const account = { accountSid: `AC${randomBytes(16).toString('hex')}`, authToken: randomBytes(16).toString('hex') };
  const e164 = mobileNumber();
  const profile = await installation.system.businesses.create({ ...GARAGE, ...options, twilio: account, numbers: [{ e164, channels: ['sms', 'whatsapp'] }] });
  await installation.numbers.refresh();
  simulator.world.accounts.upsert({
    ...account,
    numbers: [
      { e164, channels: ['sms', 'whatsapp'], smsUrl: `${webhookBaseUrl}/webhooks/twilio/sms`, whatsappUrl: `${webhookBaseUrl}/webhooks/twilio/whatsapp` },
    ],
  });
  const phone = (own = mobileNumber()): Phone => ({
    e164: own,
    writes: (body, options = {}) => write(simulator, { channel: 'whatsapp', times: 2, ...options, from: own, to: e164, body }),
    received: () => textsFor(simulator, account.accountSid, own),
  });
  const ctx = installation.forBusiness(profile.id, { type: 'system', job: 'test' });
  const conversation = async () => {
    const [latest] = (await ctx.conversations.list({ limit: 1 })).items;
    if (!latest) throw new Error('nobody has written to this business');
    return latest;
  };
  const thread = async () => (await ctx.messages.listByConversation({ conversationId: (await conversation()).id, limit: 100, newestFirst: false })).items;
  return { id: profile.id, profile, account, e164, phone, ctx, conversation, thread };
}

/** From the range the Dutch regulator keeps for fiction would be too small: any mobile number will do, nothing is dialled. */
const mobileNumber = (): string => `+316${randomInt(10_000_000, 99_999_999)}`;

async function write(simulator: Simulator, message: WritingOptions & { from: string; to: string; body: string }): Promise<{ messageSid: string }> {
  const response = await fetch(`${simulator.url}/_sim/inbound-message`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  if (!response.ok) throw new Error(`the simulator refused the message: ${response.status} ${await response.text()}`);
  return (await response.json()) as { messageSid: string };
}

function textsFor(simulator: Simulator, accountSid: string, e164: string): string[] {
  return simulator.world.messages
    .all()
    .filter((message) => message.accountSid === accountSid && message.direction !== 'inbound' && message.to.endsWith(e164))
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ body }) => body);
}

import type { BusinessId } from '#domain/ids';
import type { Installation, ServiceContext } from '../context.ts';
import type { DemoBusiness } from './demo-businesses.ts';
import { DEMO_BUSINESSES } from './demo-businesses.ts';

/** Invented people, the same in every business, so that guides and scripts can name them. */
const PEOPLE = [
  { name: 'Anna de Vries', handle: 'anna', role: 'owner' },
  { name: 'Tom Bakker', handle: 'tom', role: 'staff' },
] as const;

/** Fixed, so that links and scripts stay right over a reset. */
export const demoBusinessId = (slug: string): BusinessId => `biz_${slug}` as BusinessId;

/**
 * Test mode: the demo businesses with their people and numbers, all in the configured Twilio account, and the demo key for the first.
 * Safe to repeat, also by several processes at once; what staff did since stays.
 */
export async function seedDemo(installation: Installation): Promise<void> {
  for (const business of DEMO_BUSINESSES) {
    await seedBusiness(installation, business);
    await seedPeople(contextOf(installation, business), business);
  }
  const [first] = DEMO_BUSINESSES;
  const { demoApiKey } = installation.config;
  if (first && demoApiKey !== undefined) await contextOf(installation, first).apiKeys.create({ name: 'Demo scripts', scopes: ['*'], token: demoApiKey });
  await installation.numbers.refresh();
}

async function seedBusiness({ config, system }: Installation, { slug, ...business }: DemoBusiness): Promise<void> {
  const { twilioAccountSid: accountSid, twilioAuthToken: authToken } = config;
  const twilio = accountSid !== undefined && authToken !== undefined ? { accountSid, authToken } : undefined;
  await system.businesses.upsertDemo(demoBusinessId(slug), { ...business, twilio });
}

async function seedPeople(ctx: ServiceContext, { slug }: DemoBusiness): Promise<void> {
  for (const { name, handle, role } of PEOPLE) {
    const email = `${handle}@${slug}.example`;
    if (await ctx.members.findByEmail(email)) continue;
    await ctx.members.create({ name, email, role }).catch(unlessJustMade);
  }
}

/** Another process seeded the same person a moment earlier. */
function unlessJustMade(thrown: unknown): void {
  if ((thrown as { code?: unknown }).code !== 'member.email_taken') throw thrown;
}

const contextOf = (installation: Installation, { slug }: DemoBusiness): ServiceContext =>
  installation.forBusiness(demoBusinessId(slug), { type: 'system', job: 'seed-demo' });

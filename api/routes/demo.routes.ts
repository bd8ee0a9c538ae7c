import { z } from 'zod';
import { CHANNELS } from '#domain/channel';
import { actingMember } from '#services/auth/acting-member';
import { createSignInLink } from '#services/auth/create-sign-in-link';
import { defineRoute } from '../define-route.ts';

const YEAR_MS = 366 * 24 * 3_600_000;

const demoRoute = defineRoute({
  operation: 'getDemo',
  method: 'get',
  path: '/api/demo',
  access: 'operator',
  onlyInTestMode: true,
  tag: 'Test mode',
  summary: 'The demo businesses and where the simulator is',
  output: z
    .object({
      businesses: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          locale: z.string(),
          timeZone: z.string(),
          numbers: z.array(z.object({ e164: z.string(), channels: z.array(z.enum(CHANNELS)) })),
          twilio: z.object({ accountSid: z.string() }).optional(),
        }),
      ),
      simulatorUrl: z.string().nullable(),
    })
    .meta({ id: 'Demo' }),
  success: [{ status: 200, about: 'Everything the phone page and scripts need.' }],
  async handler({ installation }) {
    const { config, system } = installation;
    const businesses = await Promise.all(
      (await system.businesses.list()).map(async ({ id, name, locale, timeZone, numbers }) => {
        const account = await installation.forBusiness(id, { type: 'system', job: 'demo' }).business.twilio();
        return { id, name, locale, timeZone, numbers, ...(account && { twilio: { accountSid: account.accountSid } }) };
      }),
    );
    return { businesses, simulatorUrl: config.simulatorUrl ?? null };
  },
});

const signInLinkRoute = defineRoute({
  operation: 'createDemoSignInLink',
  method: 'post',
  path: '/api/demo/sign-in-link',
  access: 'staff',
  onlyInTestMode: true,
  tag: 'Test mode',
  summary: "A one-time link that signs the owner of the key's business in",
  output: z.object({ url: z.string() }).meta({ id: 'SignInLink' }),
  success: [{ status: 200, about: 'Works once, for 15 minutes.' }],
  handler: async ({ ctx }) => await createSignInLink(ctx, { memberId: await actingMember(ctx, {}) }),
});

const clockRoute = defineRoute({
  operation: 'setDemoClock',
  method: 'post',
  path: '/api/demo/clock',
  access: 'operator',
  onlyInTestMode: true,
  tag: 'Test mode',
  summary: "Move this process's idea of now, for windows, sessions and tokens",
  body: z.object({ offsetMs: z.number().int().min(-YEAR_MS).max(YEAR_MS) }),
  output: z.object({ now: z.iso.datetime() }).meta({ id: 'DemoClock' }),
  success: [{ status: 200, about: 'The moment this process now takes for the present.' }],
  async handler({ installation: { advanceableClock, clock } }, { body }) {
    advanceableClock?.setOffset(body.offsetMs);
    return { now: clock.now().toISOString() };
  },
});

export const demoRoutes = [demoRoute, signInLinkRoute, clockRoute];

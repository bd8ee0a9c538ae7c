import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#platform/config';
import { BusinessFile, newBusinessFrom } from '#scripts/cli/business-file';
import { createBusiness } from '#scripts/cli/create-business';
import { signInLink } from '#scripts/cli/sign-in-link';
import type { TestEnv } from '../../support/test-env.ts';
import { startTestEnv } from '../../support/test-env.ts';

const example = BusinessFile.parse(JSON.parse(readFileSync(join(__dirname, '../../../deploy/business.example.json'), 'utf8')));
const aNumber = (): string => `+3197${randomInt(10 ** 8, 10 ** 9)}`;

describe('what a file says of a business', () => {
  const twilio = { twilioAccountSid: `AC${'0'.repeat(32)}`, twilioAuthToken: 'token-of-the-account' };

  test('weekdays become opening hours, and a closed day stays closed', () => {
    const { hours } = newBusinessFrom(example, {} as Config);
    expect(hours[4]).toHaveLength(2);
    expect(hours[0]).toBeUndefined();
  });

  test('one number for SMS and WhatsApp is one number with two channels', () => {
    const e164 = aNumber();
    const both = newBusinessFrom(example, { ...twilio, twilioPhoneNumber: e164, twilioWhatsappNumber: e164 } as Config);
    expect(both.numbers).toEqual([{ e164, channels: ['sms', 'whatsapp'] }]);
    expect(newBusinessFrom(example, { ...twilio, twilioPhoneNumber: e164, twilioWhatsappNumber: aNumber() } as Config).numbers).toHaveLength(2);
  });

  test.each([
    ['a misspelt day', { hours: { munday: [] } }],
    ['a shop that closes before it opens', { hours: { monday: [{ opens: '17:00', closes: '09:00' }] } }],
    ['a time zone that does not exist', { timeZone: 'Europe/Utrecht' }],
    ['an owner without an address', { owner: { name: 'Anna', email: 'anna' } }],
    ['a field nobody knows', { colour: 'blue' }],
  ])('%s is refused', (_what, fault) => {
    expect(BusinessFile.safeParse({ ...example, ...fault }).success).toBe(false);
  });
});

describe('a new business', () => {
  let env: TestEnv;
  beforeAll(async () => {
    const number = aNumber();
    env = await startTestEnv({ workers: false, settings: { TWILIO_PHONE_NUMBER: number, TWILIO_WHATSAPP_NUMBER: number } });
  }, 60_000);
  afterAll(async () => {
    await env[Symbol.asyncDispose]();
  });

  const signedIn = async (url: string): Promise<number> => {
    const token = new URL(url).searchParams.get('t');
    const response = await fetch(`${env.url}/api/sign-in/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return response.status;
  };

  test('it exists with its numbers, its owner signs in once, and nobody else gets its number', async () => {
    const { business, signInUrl } = await createBusiness(env.installation, example);
    expect(await signedIn(signInUrl)).toBe(204);
    expect(await signedIn(signInUrl)).toBe(401);
    const numbers = await env.installation.system.numbers.loadAll();
    expect(numbers).toContainEqual(
      expect.objectContaining({ businessId: business.id, channels: ['sms', 'whatsapp'], accountSid: env.config.twilioAccountSid }),
    );

    await expect(createBusiness(env.installation, { ...example, name: 'Somebody else' })).rejects.toMatchObject({ code: 'number.taken' });

    const colleague = await signInLink(env.installation, { businessId: business.id, email: 'tom@garage.example', name: 'Tom', role: 'staff' });
    expect(await signedIn(colleague)).toBe(204);
    const again = await signInLink(env.installation, { businessId: business.id, email: 'TOM@garage.example', role: 'staff' });
    expect(await signedIn(again)).toBe(204);
    await expect(signInLink(env.installation, { businessId: business.id, email: 'nobody@garage.example', role: 'staff' })).rejects.toMatchObject({
      code: 'member.not_found',
    });
  }, 60_000);
});

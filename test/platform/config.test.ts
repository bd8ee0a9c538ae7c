import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Config } from '#platform/config';
import { ConfigError, isLocal, loadConfig } from '#platform/config';
import { SETTINGS } from '#platform/config.definition';
import { openSetting, sealSetting } from '#platform/config.secrets';

const aKey = (): string => randomBytes(32).toString('base64');

const enough = (more: Record<string, string> = {}): Record<string, string> => ({ SESSION_SECRET: 'a'.repeat(32), ENCRYPTION_KEY: aKey(), ...more });

function faultsOf(environment: Record<string, string>): Record<string, string> {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.faults.map(({ env, fault }) => [env, fault]));
    throw error;
  }
  throw new Error('This configuration has no fault.');
}

describe('starting with a configuration', () => {
  test('two secrets are all it takes', () => {
    const config = loadConfig(enough());
    expect(config).toMatchObject({
      mode: 'production',
      httpPort: 3000,
      publicUrl: 'http://localhost:3000',
      temporalAddress: '127.0.0.1:7233',
      maxContextMessages: 20,
      conversationTtlMs: 86_400_000,
      quietMs: 1_500,
      sendRetryMs: [1_000, 2_000, 4_000],
      inboundPerMinute: 50,
      whatsappPerSecond: 80,
      workerRoles: ['conversations', 'messaging'],
      twilioAccountSid: undefined,
    } satisfies Partial<Config>);
  });

  test('all faults are told at once, each with the name of its setting', () => {
    const faults = faultsOf({
      HTTP_PORT: 'eighty',
      LOG_LEVEL: 'loud',
      CONVERSATION_TTL: 'a day',
      ENCRYPTION_KEY: 'short',
      TWILIO_PHONE_NUMBER: '020-1234567',
      WORKER_ROLES: 'kitchen',
    });
    expect(Object.keys(faults).sort()).toEqual([
      'CONVERSATION_TTL',
      'ENCRYPTION_KEY',
      'HTTP_PORT',
      'LOG_LEVEL',
      'SESSION_SECRET',
      'TWILIO_PHONE_NUMBER',
      'WORKER_ROLES',
    ]);
    expect(faults.SESSION_SECRET).toBe('is required');
    expect(faults.CONVERSATION_TTL).toContain('24h');
  });

  test('no secret has a default', () => {
    for (const setting of Object.values(SETTINGS).filter((candidate) => 'secret' in candidate && candidate.secret)) {
      const absent = setting.schema.safeParse(undefined);
      expect([setting.env, absent.success ? absent.data : undefined]).toEqual([setting.env, undefined]);
    }
  });

  test('an empty line in a settings file counts as absent', () => {
    expect(loadConfig(enough({ HTTP_PORT: '', TWILIO_AUTH_TOKEN: '  ' }))).toMatchObject({ httpPort: 3000, twilioAuthToken: undefined });
  });

  test('no value, secret or not, is repeated in a fault', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(SETTINGS).map(({ env }) => env)), fc.stringMatching(/^zq[a-z0-9]{12,40}$/), (env, value) => {
        try {
          loadConfig({ ...enough(), [env]: value });
        } catch (error) {
          expect(String(error)).not.toContain(value);
          expect(JSON.stringify((error as ConfigError).faults)).not.toContain(value);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('durations are read the way people write them', () => {
    expect(['90s', '90', '30m', '24h', '7d'].map((ttl) => loadConfig(enough({ CONVERSATION_TTL: ttl })).conversationTtlMs)).toEqual([
      90_000, 90_000, 1_800_000, 86_400_000, 604_800_000,
    ]);
  });

  test('lists are read from commas, with blanks and gaps forgiven', () => {
    expect(loadConfig(enough({ CORS_ORIGINS: ' https://a.example , ,https://b.example' })).corsOrigins).toEqual(['https://a.example', 'https://b.example']);
  });

  test('every example of the definition is a good value', () => {
    for (const setting of Object.values(SETTINGS)) {
      const example = 'example' in setting ? setting.example : undefined;
      if (example) expect([setting.env, setting.schema.safeParse(example).success]).toEqual([setting.env, true]);
    }
  });
});

describe('rules between settings', () => {
  test('outside localhost people reach it by https only', () => {
    expect(faultsOf(enough({ PUBLIC_URL: 'http://desk.example.com' }))).toEqual({ PUBLIC_URL: 'must be https outside localhost' });
    expect(loadConfig(enough({ PUBLIC_URL: 'https://desk.example.com' })).publicUrl).toBe('https://desk.example.com');
  });

  test('a Twilio account comes with its token', () => {
    expect(faultsOf(enough({ TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}` }))).toHaveProperty('TWILIO_AUTH_TOKEN');
    expect(faultsOf(enough({ TWILIO_AUTH_TOKEN: 'a'.repeat(32) }))).toHaveProperty('TWILIO_AUTH_TOKEN');
  });

  test('what belongs to test mode is refused in production', () => {
    const demo = { DEMO_API_KEY: 'k'.repeat(20), SIMULATOR_URL: 'http://localhost:4010' };
    expect(Object.keys(faultsOf(enough(demo))).sort()).toEqual(['DEMO_API_KEY', 'SIMULATOR_URL']);
    expect(loadConfig(enough({ ...demo, SWITCHBOARD_MODE: 'test' })).mode).toBe('test');
  });

  test('Twilio signs its own address, or else the public one', () => {
    expect(loadConfig(enough({ PUBLIC_URL: 'https://desk.example.com/' })).webhookBaseUrl).toBe('https://desk.example.com');
    expect(loadConfig(enough({ PUBLIC_URL: 'https://desk.example.com', TWILIO_WEBHOOK_URL: 'https://hooks.example.com/' })).webhookBaseUrl).toBe(
      'https://hooks.example.com',
    );
  });

  test.each([
    ['http://localhost:3000', true],
    ['http://127.0.0.1', true],
    ['http://[::1]:3000', true],
    ['http://localhost.example.com', false],
  ])('%s is local: %s', (url, local) => expect(isLocal(url)).toBe(local));
});

describe('encrypted settings', () => {
  const settingsKey = aKey();

  test('a sealed secret is used like a plain one', () => {
    const environment = enough({ SETTINGS_KEY: settingsKey, SESSION_SECRET: sealSetting('b'.repeat(40), settingsKey) });
    expect(loadConfig(environment).sessionSecret).toBe('b'.repeat(40));
  });

  test('what is sealed is what is opened', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => expect(openSetting(sealSetting(value, settingsKey), settingsKey)).toEqual({ value })));
  });

  test('the same value never looks the same twice', () => {
    expect(sealSetting('the same', settingsKey)).not.toBe(sealSetting('the same', settingsKey));
  });

  test('without the key, with another one, or damaged, the fault says so in words', () => {
    const sealed = sealSetting('b'.repeat(40), settingsKey);
    const damaged = `${sealed.slice(0, -8)}AAAAAAA=`;
    expect(faultsOf(enough({ SESSION_SECRET: sealed }))).toEqual({ SESSION_SECRET: 'is encrypted, and SETTINGS_KEY is not set' });
    for (const environment of [enough({ SESSION_SECRET: sealed, SETTINGS_KEY: aKey() }), enough({ SESSION_SECRET: damaged, SETTINGS_KEY: settingsKey })]) {
      expect(faultsOf(environment)).toEqual({ SESSION_SECRET: 'is encrypted with another SETTINGS_KEY, or damaged' });
    }
  });

  test('a sealed value must still be a good one', () => {
    expect(faultsOf(enough({ SETTINGS_KEY: settingsKey, SESSION_SECRET: sealSetting('short', settingsKey) }))).toHaveProperty('SESSION_SECRET');
  });
});

import { checkConfig } from '#scripts/cli/check-config';

const good = { ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'), SESSION_SECRET: 's'.repeat(32) };

function checked(environment: NodeJS.ProcessEnv): { code: number; said: string } {
  const lines: string[] = [];
  const code = checkConfig(environment, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

test('a good configuration passes, and what it leaves switched off is said', () => {
  const { code, said } = checked({ ...good, PUBLIC_URL: 'https://desk.example.com' });
  expect(code).toBe(0);
  expect(said).toContain('The configuration is good (production mode).');
  expect(said).toContain('No TWILIO_ACCOUNT_SID');
  expect(said).toContain('No TRUSTED_PROXIES');
});

test('nothing is said of what is there', () => {
  const { said } = checked({
    ...good,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'secret-token',
    TWILIO_PHONE_NUMBER: '+31201234567',
    METRICS_TOKEN: 'm'.repeat(20),
    TEMPORAL_UI_URL: 'http://localhost:8233',
  });
  expect(said).toBe('The configuration is good (production mode).');
});

test('every fault is told, and no value', () => {
  const { code, said } = checked({ ENCRYPTION_KEY: 'not-a-key-at-all', HTTP_PORT: '-1' });
  expect(code).toBe(1);
  expect(said).toContain('The configuration has 3 faults');
  expect(said).not.toContain('not-a-key-at-all');
});

import { printWebhooks, webhookAddresses } from '#scripts/cli/webhooks';

const environment = { ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'), SESSION_SECRET: 's'.repeat(32), PUBLIC_URL: 'https://desk.example.com' };

test('each sender gets its own address, and Twilio is asked to try again when we are down but not when we say slow down', () => {
  const { 'Phone number': phone, 'WhatsApp sender': whatsapp } = webhookAddresses({
    webhookBaseUrl: 'https://desk.example.com',
    twilioWebhookSecret: undefined,
  });
  expect(phone[0]?.url).toBe('https://desk.example.com/webhooks/twilio/sms#rc=3&rp=5xx,ct,rt&ct=3000&tt=15000');
  expect(whatsapp[0]?.url).toMatch(/^https:\/\/desk\.example\.com\/webhooks\/twilio\/whatsapp#/);
  expect(new URL(phone[0]?.url ?? '').hash).not.toContain('4xx');
});

test('with a webhook secret every address ends in it', () => {
  const senders = webhookAddresses({ webhookBaseUrl: 'https://desk.example.com', twilioWebhookSecret: 'a-long-enough-secret' });
  for (const { url } of Object.values(senders).flat()) expect(new URL(url).pathname).toMatch(/\/a-long-enough-secret$/);
});

test('the command prints them, and warns where Twilio cannot come', () => {
  const lines: string[] = [];
  expect(printWebhooks({ ...environment, PUBLIC_URL: 'http://localhost:3000' }, (line) => lines.push(line))).toBe(0);
  expect(lines.join('\n')).toContain('Twilio cannot reach localhost');
});

test('a faulty configuration is explained instead', () => {
  const lines: string[] = [];
  expect(printWebhooks({}, (line) => lines.push(line))).toBe(1);
  expect(lines.join('\n')).toContain('ENCRYPTION_KEY: is required');
});

import { startApi } from '#api/server';
import { loadConfig } from '#platform/config';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import { send } from './twilio-caller.fixture.ts';

let env: TestEnv;

beforeAll(async () => {
  env = await startTestEnv({ workers: false, settings: { CORS_ORIGINS: 'https://garage.example' } });
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

const withSettings = (changes: Partial<ReturnType<typeof loadConfig>>) => startApi({ ...env.installation, config: { ...env.config, httpPort: 0, ...changes } });

describe('every answer', () => {
  test.each(['/inbox', '/api/me', '/docs', '/nothing', '/webhooks/twilio/sms'])('%s carries the headers that keep browsers safe', async (path) => {
    const { headers } = await send(env.url + path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-request-id': expect.any(String) });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test("the API's page needs no script inside it and nothing from elsewhere", async () => {
    const { body } = await send(`${env.url}/docs`);
    expect(body).not.toMatch(/<script>|https?:\/\//);
    for (const [, asset] of body.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await send(env.url + asset)).status).toBe(200);
  });
});

describe('data encryption in transit', () => {
  const publicUrl = 'https://switchboard.example';

  test('where people come over https, http is sent on or refused, and a made-up forwarded scheme is not believed', async () => {
    await using api = await withSettings({ publicUrl, trustedProxies: [] });
    expect(await send(`${api.url}/inbox?x=1`, { headers: { 'x-forwarded-proto': 'https' } })).toMatchObject({
      status: 308,
      headers: { location: `${publicUrl}/inbox?x=1` },
    });
    expect((await send(`${api.url}/api/sign-in/redeem`, { method: 'POST' })).status).toBe(403);
    expect((await send(`${api.url}/health/live`)).status).toBe(200);
  });

  test("a configured proxy's word counts, and https stays https for a year", async () => {
    await using api = await withSettings({ publicUrl, trustedProxies: ['127.0.0.1'] });
    const throughProxy = await send(`${api.url}/docs`, { headers: { 'x-forwarded-proto': 'https' } });
    expect(throughProxy).toMatchObject({ status: 200, headers: { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } });
    expect((await send(`${api.url}/docs`, { headers: { 'x-forwarded-proto': 'http' } })).status).toBe(308);
  });

  test('an address outside localhost must be https to begin with', () => {
    expect(() =>
      loadConfig({ PUBLIC_URL: 'http://switchboard.example', SESSION_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') }),
    ).toThrow(/PUBLIC_URL: must be https/);
  });
});

describe('pages of other websites', () => {
  const preflight = (path: string, origin: string) =>
    send(env.url + path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });

  test('may use the web chat when they are listed', async () => {
    expect((await preflight('/api/chat/session', 'https://garage.example')).headers).toMatchObject({
      'access-control-allow-origin': 'https://garage.example',
      vary: expect.stringContaining('Origin'),
    });
  });

  test.each(['https://evil.example', 'null', 'https://garage.example.evil.example', 'http://garage.example'])('%s may not', async (origin) => {
    expect((await preflight('/api/chat/session', origin)).headers).not.toHaveProperty('access-control-allow-origin');
    expect(
      (
        await send(`${env.url}/api/chat/session`, {
          method: 'POST',
          headers: { origin, 'content-type': 'application/json', 'content-length': '24' },
          body: '{"businessId":"biz_abcd"}',
        })
      ).status,
    ).not.toBe(200);
  });

  test('may read nothing else, listed or not', async () => {
    for (const path of ['/api/me', '/api/conversations', '/webhooks/twilio/sms', '/metrics'])
      expect((await send(env.url + path, { headers: { origin: 'https://garage.example' } })).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe("operators' addresses", () => {
  test('metrics are for this machine, or for the holder of the token', async () => {
    expect((await send(`${env.url}/metrics`)).status).toBe(200);
    expect((await send(`${env.url}/metrics`, { headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(401);
    await using api = await withSettings({ metricsToken: 'a-token-of-operators' });
    expect((await send(`${api.url}/metrics`)).status).toBe(401);
    expect((await send(`${api.url}/metrics`, { headers: { authorization: 'Bearer a-token-of-operators' } })).status).toBe(200);
  });

  test('no metric names anybody: routes are templates', async () => {
    await send(`${env.url}/api/conversations/secret-id-123/messages`);
    const { body } = await send(`${env.url}/metrics`);
    expect(body).toContain('route="/api/conversations/:conversationId/messages"');
    expect(body).not.toContain('secret-id-123');
  });

  test('readiness names each check, and fails while no worker polls or the process stops', async () => {
    const { status, body } = await send(`${env.url}/health/ready`);
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({
      status: 'not_ready',
      checks: { mongodb: { ok: true }, temporal: { ok: true }, 'queue:conversations': { ok: false }, 'queue:messaging': { ok: false }, numbers: { ok: true } },
    });
    const api = await withSettings({});
    api.beginShutdown();
    expect(JSON.parse((await send(`${api.url}/health/ready`)).body)).toMatchObject({ checks: { process: { ok: false, why: 'shutting down' } } });
    await api.close();
    await expect(send(`${api.url}/health/live`)).rejects.toThrow();
  });

  test("test mode's routes do not exist in production", async () => {
    await using api = await withSettings({ mode: 'production', demoApiKey: undefined, simulatorUrl: undefined });
    for (const path of ['/api/demo', '/_sim/ledger']) expect((await send(api.url + path)).status).toBe(404);
    expect((await send(`${api.url}/api/demo/clock`, { method: 'POST' })).status).toBe(404);
  });

  test('the simulator is reached through this origin, by pages of this machine only', async () => {
    expect((await send(`${env.url}/_sim/health`)).status).toBe(200);
    expect((await send(`${env.url}/_sim/health`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });
});

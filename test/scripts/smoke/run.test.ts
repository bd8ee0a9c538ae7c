import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appliesTo, CHECKS } from '#scripts/smoke/checks';
import { smoke } from '#scripts/smoke/run';

type Answer = { status: number; headers?: Record<string, string>; body?: string };
type Deployment = (request: IncomingMessage) => Answer;

const POLICY = "default-src 'self'; script-src 'self'; frame-ancestors 'none'";
const anError = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-request-id': 'r1' },
  body: JSON.stringify({ error: { code, message: 'No.', requestId: 'r1' } }),
});

/** A deployment that is as it should be; each test breaks one thing. */
const asItShouldBe: Deployment = ({ method, url = '' }) => {
  if (url.startsWith('/health/')) return { status: 200 };
  if (url.startsWith('/webhooks/twilio/')) return { status: method === 'GET' ? 200 : 403 };
  if (url === '/openapi.json') return { status: 200, body: JSON.stringify({ openapi: '3.1.0', paths: { '/api/conversations': {} } }) };
  if (url === '/api/conversations') return anError(401, 'auth.required');
  if (url.startsWith('/api/')) return anError(404, 'route.not_found');
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } };
};

const servers: Server[] = [];

async function deployed(deployment: Deployment): Promise<URL> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    const { status, headers = {}, body = '' } = deployment(request);
    response.writeHead(status, { 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', ...headers }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function smoked(deployment: Deployment): Promise<{ passed: boolean; lines: string[] }> {
  const lines: string[] = [];
  const passed = await smoke({ url: await deployed(deployment), timeoutMs: 2_000 }, (line) => lines.push(line));
  return { passed, lines };
}

afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

test('a deployment that is as it should be passes', async () => {
  const { passed, lines } = await smoked(asItShouldBe);
  expect(lines.filter((line) => !line.startsWith('  ok'))).toEqual(['10 passed, 0 failed (4 make sense from outside only)']);
  expect(passed).toBe(true);
});

const broken: [what: string, says: string, deployment: Deployment][] = [
  ['a queue without a worker', '/health/ready answers 503', (request) => (request.url === '/health/ready' ? { status: 503 } : asItShouldBe(request))],
  [
    'no content security policy',
    'there is no content security policy',
    (request) => ({ ...asItShouldBe(request), headers: { ...asItShouldBe(request).headers, 'content-security-policy': '' } }),
  ],
  [
    'a webhook that takes anything',
    '/webhooks/twilio/sms answers 200 instead of 403',
    (request) => (request.url === '/webhooks/twilio/sms' ? { status: 200 } : asItShouldBe(request)),
  ],
  [
    'conversations open to all',
    '/api/conversations answers 200 instead of 401',
    (request) => (request.url === '/api/conversations' ? { status: 200, body: '{}' } : asItShouldBe(request)),
  ],
  [
    'an error without its request id',
    'x-request-id is not the requestId',
    (request) => ({ ...asItShouldBe(request), headers: { ...asItShouldBe(request).headers, 'x-request-id': 'another' } }),
  ],
];

test.each(broken)('%s is noticed', async (_what, says, deployment) => {
  const { passed, lines } = await smoked(deployment);
  expect(lines.join('\n')).toContain(says);
  expect(passed).toBe(false);
});

test('a deployment that is not there fails every check, with the reason', async () => {
  const lines: string[] = [];
  const passed = await smoke({ url: new URL('http://127.0.0.1:1'), timeoutMs: 500 }, (line) => lines.push(line));
  expect(passed).toBe(false);
  expect(lines.at(-1)).toMatch(/^0 passed, 10 failed/);
});

test('doors that are open on the machine itself are tried from outside', () => {
  const fromOutside = CHECKS.filter((check) => appliesTo(check, { url: new URL('https://desk.example.com'), timeoutMs: 1 }));
  expect(fromOutside).toHaveLength(CHECKS.length);
  expect(fromOutside.map(({ name }) => name)).toContain('nothing of test mode is open');
});

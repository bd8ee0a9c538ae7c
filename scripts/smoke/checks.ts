import { ok } from 'node:assert/strict';

/** A deployment as a stranger sees it. */
export interface Target {
  url: URL;
  /** What webhook paths end in, when the installation has TWILIO_WEBHOOK_SECRET. */
  webhookSecret?: string;
  timeoutMs: number;
}

export interface Check {
  name: string;
  /** Only makes sense from outside: on the machine itself some doors are open on purpose. */
  onlyFromOutside?: boolean;
  /** Throws an error whose message says what is wrong. */
  run(target: Target): Promise<void>;
}

const isLocal = ({ url }: Target): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
export const appliesTo = (check: Check, target: Target): boolean => !(check.onlyFromOutside && isLocal(target));

function request(target: Target, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, target.url), { redirect: 'manual', signal: AbortSignal.timeout(target.timeoutMs), ...init });
}

async function expectStatus(target: Target, path: string, status: number, init?: RequestInit): Promise<Response> {
  const response = await request(target, path, init);
  ok(response.status === status, `${path} answers ${response.status} instead of ${status}`);
  return response;
}

const webhook = (target: Target, kind: string): string => `/webhooks/twilio/${kind}${target.webhookSecret ? `/${target.webhookSecret}` : ''}`;
const WEBHOOKS = ['sms', 'whatsapp', 'status'];

const forged = {
  method: 'POST',
  body: new URLSearchParams({ MessageSid: `SM${'0'.repeat(32)}`, AccountSid: `AC${'0'.repeat(32)}`, From: '+31600000000', To: '+31600000001', Body: 'smoke' }),
};

async function expectErrorShape(response: Response, code: string): Promise<void> {
  const body = (await response.json()) as { error?: { code?: string; message?: string; requestId?: string } };
  ok(body.error?.code === code, `the error's code is ${body.error?.code} instead of ${code}`);
  ok(Boolean(body.error.message), 'the error has no message');
  ok(Boolean(body.error.requestId), 'the error has no requestId');
  ok(response.headers.get('x-request-id') === body.error.requestId, 'x-request-id is not the requestId of the body');
}

export const CHECKS: Check[] = [
  { name: 'the process is up', run: async (target) => void (await expectStatus(target, '/health/live', 200)) },
  { name: 'it is ready: databases answer and every task queue has a worker', run: async (target) => void (await expectStatus(target, '/health/ready', 200)) },
  {
    name: 'answers carry the security headers',
    run: async (target) => {
      const { headers } = await request(target, '/inbox');
      const policy = headers.get('content-security-policy') ?? '';
      ok(/default-src 'self'/.test(policy), 'there is no content security policy');
      ok(/script-src 'self'/.test(policy) && !/script-src[^;]*unsafe/.test(policy), 'the content security policy lets foreign scripts in');
      ok(/frame-ancestors 'none'/.test(policy), 'the pages may be framed');
      ok(headers.get('x-content-type-options') === 'nosniff', 'x-content-type-options is missing');
      ok(!headers.has('x-powered-by'), 'x-powered-by tells what it runs on');
    },
  },
  {
    name: 'browsers are told to come back by https only',
    onlyFromOutside: true,
    run: async (target) => {
      ok(target.url.protocol === 'https:', 'it is not reached by https');
      const { headers } = await request(target, '/health/live');
      ok(/max-age=\d{7,}/.test(headers.get('strict-transport-security') ?? ''), 'strict-transport-security is missing');
    },
  },
  {
    name: 'http leads to https',
    onlyFromOutside: true,
    run: async (target) => {
      const plain = new URL('/inbox', target.url);
      plain.protocol = 'http:';
      const response = await fetch(plain, { redirect: 'manual', signal: AbortSignal.timeout(target.timeoutMs) });
      ok([301, 302, 307, 308].includes(response.status), `http answers ${response.status}`);
      ok((response.headers.get('location') ?? '').startsWith('https://'), 'http does not lead to https');
    },
  },
  {
    name: 'the API describes itself',
    run: async (target) => {
      const document = (await (await expectStatus(target, '/openapi.json', 200)).json()) as { openapi?: string; paths?: object };
      ok(document.openapi?.startsWith('3.1'), 'it is no OpenAPI 3.1 document');
      ok('/api/conversations' in (document.paths ?? {}), 'the document has no /api/conversations');
    },
  },
  {
    name: 'the pages are there',
    run: async (target) => {
      for (const page of ['/inbox', '/welcome']) {
        const response = await expectStatus(target, page, 200);
        ok(response.headers.get('content-type')?.startsWith('text/html'), `${page} is no page`);
      }
    },
  },
  {
    name: 'webhook addresses answer a set-up check',
    run: async (target) => {
      for (const kind of WEBHOOKS) await expectStatus(target, webhook(target, kind), 200);
    },
  },
  {
    name: 'an unsigned webhook is refused',
    run: async (target) => {
      for (const kind of WEBHOOKS) await expectStatus(target, webhook(target, kind), 403, forged);
    },
  },
  {
    name: 'a webhook with a made-up signature is refused',
    run: async (target) => {
      const headers = { 'x-twilio-signature': Buffer.alloc(20).toString('base64') };
      for (const kind of WEBHOOKS) await expectStatus(target, webhook(target, kind), 403, { ...forged, headers });
    },
  },
  {
    name: 'nobody reads conversations without signing in',
    run: async (target) => expectErrorShape(await expectStatus(target, '/api/conversations', 401), 'auth.required'),
  },
  {
    name: 'an unknown address is told so in the common form',
    run: async (target) => expectErrorShape(await expectStatus(target, '/api/there-is-no-such-thing', 404), 'route.not_found'),
  },
  {
    name: 'metrics are not for strangers',
    onlyFromOutside: true,
    run: async (target) => {
      const { status } = await request(target, '/metrics');
      ok(status !== 200, '/metrics answers without a token');
    },
  },
  {
    name: 'nothing of test mode is open',
    onlyFromOutside: true,
    run: async (target) => {
      for (const path of ['/api/demo', '/_sim/ledger']) {
        const { status } = await request(target, path);
        ok(status === 404 || status === 401 || status === 403, `${path} answers ${status}`);
      }
    },
  },
];

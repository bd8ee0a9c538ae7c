import { inspect } from 'node:util';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import { TwilioCallError } from '#providers/twilio/call-fault';
import { TwilioHttpClient } from '#providers/twilio/http-client';
import { aTwilioServer, json } from './a-twilio-server.ts';

const request = { method: 'get', uri: 'https://api.twilio.com/2010-04-01/x.json?a=1', username: 'AC1', password: 'the-secret-token', headers: {} } as const;

test('credentials go to Twilio and to nobody else, even when an answer points elsewhere', async () => {
  const client = new TwilioHttpClient({ timeoutMs: 1_000 });

  const thrown: unknown = await client.request({ ...request, uri: 'https://api.twilio.com.evil.example/next' }).catch((error: unknown) => error);

  expect(thrown).toBeInstanceOf(TwilioCallError);
  expect((thrown as TwilioCallError).fault).toEqual({ kind: 'not_sent', why: 'unreachable' });
});

test('every product goes to the simulator, which learns the original host', async () => {
  await using server = await aTwilioServer((_request, response) => json(response, 200, { ok: true }));
  const client = new TwilioHttpClient({ baseUrl: server.url, timeoutMs: 1_000 });

  const answer = await client.request({ ...request, uri: 'https://verify.twilio.com/v2/Services?PageSize=5' });

  expect(answer.body).toEqual({ ok: true });
  expect(server.seen[0]).toMatchObject({ path: '/v2/Services' });
  expect(server.seen[0]?.headers['x-twilio-original-host']).toBe('verify.twilio.com');
});

test('neither an error nor the client itself keeps the credentials or what was written', async () => {
  await using server = await aTwilioServer((_request, response) => json(response, 400, { code: 21211, message: "The 'To' number +31612345678 is not valid" }));
  const client = new TwilioHttpClient({ baseUrl: server.url, timeoutMs: 1_000 });

  const thrown: unknown = await client
    .request({ ...request, method: 'post', data: { Body: 'a secret text' }, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })
    .catch((error: unknown) => error);
  const printed = inspect(thrown, { depth: 10, showHidden: true }) + JSON.stringify(thrown) + inspect([client.lastRequest, client.lastResponse], { depth: 10 });

  expect((thrown as Error).message).toBe('Twilio answered 400 with error 21211.');
  expect(printed).not.toMatch(/the-secret-token|Basic |31612345678|a secret text/);
});

test('without a base address Twilio itself is called, and told nothing of simulators', async () => {
  const toTwilio = jest.spyOn(RequestClient.prototype, 'request').mockResolvedValue({ statusCode: 200, body: {}, headers: {} });
  try {
    await new TwilioHttpClient({ timeoutMs: 1_000 }).request({ method: 'get', uri: request.uri });

    expect(toTwilio).toHaveBeenCalledWith({ method: 'get', uri: request.uri, headers: {}, timeout: 1_000, logLevel: 'none' });
  } finally {
    toTwilio.mockRestore();
  }
});

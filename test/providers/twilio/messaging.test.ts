import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { isFailure } from '#domain/failure';
import type { SendInput, SendResult } from '#providers/twilio/messaging';
import { createTwilioMessaging } from '#providers/twilio/messaging';
import type { SeenRequest } from './a-twilio-server.ts';
import { aTwilioServer, json } from './a-twilio-server.ts';
import { ACCOUNT_SID } from './forms.ts';

const account = { accountSid: ACCOUNT_SID, authToken: 'the-secret-token' };
const sid = (n: number): string => `SM${String(n).padStart(32, '0')}`;

const aText = (changes: Partial<SendInput> = {}): SendInput => ({
  channel: 'sms',
  from: '+3197010200001',
  to: '+31612345678',
  body: 'Hallo',
  statusCallback: 'https://example.com/webhooks/twilio/status?out=1',
  ...changes,
});

const aListed = (n: number, changes: Record<string, unknown> = {}) => ({
  sid: sid(n),
  account_sid: ACCOUNT_SID,
  direction: 'outbound-api',
  from: '+3197010200001',
  to: '+31612345678',
  body: `text ${n}`,
  status: 'delivered',
  error_code: null,
  num_media: '0',
  date_created: new Date(Date.UTC(2026, 10, 20, 12, 0, 0) - n * 60_000).toUTCString().replace('GMT', '+0000'),
  date_sent: null,
  ...changes,
});

async function sendTo(answer: Parameters<typeof aTwilioServer>[0], timeoutMs = 2_000): Promise<{ result: SendResult; seen: SeenRequest[] }> {
  await using server = await aTwilioServer(answer);
  const result = await createTwilioMessaging({ baseUrl: server.url, timeoutMs }).send(account, aText());
  return { result, seen: server.seen };
}

describe('sending', () => {
  test('a text goes out as one POST with our number, the callback and how long it is worth sending', async () => {
    await using server = await aTwilioServer((_request, response) => json(response, 201, { sid: sid(1), status: 'queued' }));
    const messaging = createTwilioMessaging({ baseUrl: `${server.url}/prefix/`, timeoutMs: 2_000 });

    const result = await messaging.send(account, aText({ validitySeconds: 14_400, mediaUrls: ['https://example.com/a.jpg', 'https://example.com/b.jpg'] }));

    expect(result).toEqual({ result: 'accepted', sid: sid(1), status: 'queued' });
    expect(server.seen).toHaveLength(1);
    const [{ method, path, form, headers } = {} as SeenRequest] = server.seen;
    expect([method, path]).toEqual(['POST', `/prefix/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`]);
    expect([...form]).toEqual(
      expect.arrayContaining([
        ['From', '+3197010200001'],
        ['To', '+31612345678'],
        ['Body', 'Hallo'],
        ['ValidityPeriod', '14400'],
        ['StatusCallback', aText().statusCallback],
        ['MediaUrl', 'https://example.com/a.jpg'],
        ['MediaUrl', 'https://example.com/b.jpg'],
      ]),
    );
    expect(headers.authorization).toBe(`Basic ${Buffer.from(`${ACCOUNT_SID}:the-secret-token`).toString('base64')}`);
    expect(headers['x-twilio-original-host']).toBe('api.twilio.com');
  });

  test('on WhatsApp both addresses carry the channel, user names included', async () => {
    await using server = await aTwilioServer((_request, response) => json(response, 201, { sid: sid(1), status: 'accepted' }));

    await createTwilioMessaging({ baseUrl: server.url, timeoutMs: 2_000 }).send(account, aText({ channel: 'whatsapp', to: 'NL.8997123' }));

    expect(server.seen[0]?.form.get('From')).toBe('whatsapp:+3197010200001');
    expect(server.seen[0]?.form.get('To')).toBe('whatsapp:NL.8997123');
  });

  test.each<[string, number, unknown, SendResult]>([
    [
      'a refusal with its code',
      400,
      { code: 21610, message: 'unsubscribed +31612345678', status: 400 },
      { result: 'refused', httpStatus: 400, errorCode: 21610 },
    ],
    ['a refusal in the newer form', 400, { type: 't', title: 'x', status: 400, code: 21211 }, { result: 'refused', httpStatus: 400, errorCode: 21211 }],
    ['wrong credentials', 401, { code: 20003, message: 'Authenticate', status: 401 }, { result: 'refused', httpStatus: 401, errorCode: 20003 }],
    ['a refusal by something in front of Twilio', 403, 'no', { result: 'refused', httpStatus: 403 }],
    ['a code that is no number', 400, { code: 'E1' }, { result: 'refused', httpStatus: 400 }],
    ['too many requests', 429, { code: 20429, message: 'Too Many Requests', status: 429 }, { result: 'retryable', errorCode: 20429 }],
    ['too many requests without a code', 429, '', { result: 'retryable' }],
    ['too many requests under another status', 400, { code: 20429 }, { result: 'retryable', errorCode: 20429 }],
    ['an internal error', 500, { code: 20500, status: 500 }, { result: 'unknown', why: 'server_error' }],
    ['unavailable', 503, '<html>down</html>', { result: 'unknown', why: 'server_error' }],
    ['a redirect nobody expects', 302, '', { result: 'unknown', why: 'server_error' }],
    ['a request that timed out on the way', 408, '', { result: 'unknown', why: 'timeout' }],
    ['a welcome page instead of an answer', 200, '<html>hello</html>', { result: 'unknown', why: 'server_error' }],
  ])('%s is told apart, in one call', async (_name, status, body, expected) => {
    const { result, seen } = await sendTo((_request, response) => json(response, status, body));

    expect(result).toEqual(expected);
    expect(seen).toHaveLength(1);
  });

  test('the wait Twilio asks for is kept, when it is a number of seconds', async () => {
    const answer = (wait: string) => sendTo((_request, response) => json(response, 429, { code: 20429 }, { 'retry-after': wait }));

    expect((await answer('3')).result).toEqual({ result: 'retryable', errorCode: 20429, retryAfterMs: 3_000 });
    expect((await answer('Wed, 21 Oct 2026 07:28:00 GMT')).result).toEqual({ result: 'retryable', errorCode: 20429 });
  });

  test('a connection cut after the request was written leaves the outcome open', async () => {
    const { result } = await sendTo((_request, response) => response.socket?.destroy());

    expect(result).toEqual({ result: 'unknown', why: 'reset' });
  });

  test('an answer that never comes, or that drips in for ever, leaves the outcome open', async () => {
    const silent = await sendTo(() => undefined, 150);
    let dripping: NodeJS.Timeout | undefined;
    const dripped = await sendTo((_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      dripping = setInterval(() => response.write(' '), 20);
    }, 150);
    clearInterval(dripping);

    expect(silent.result).toEqual({ result: 'unknown', why: 'timeout' });
    expect(dripped.result).toEqual({ result: 'unknown', why: 'timeout' });
  });

  test('when nothing listens, or the name is unknown, or it is no TLS, nothing was sent', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    await using plain = await aTwilioServer((_request, response) => json(response, 201, {}));

    for (const baseUrl of [`http://127.0.0.1:${port}`, 'http://no-such-host.invalid', plain.url.replace('http:', 'https:')]) {
      expect(await createTwilioMessaging({ baseUrl, timeoutMs: 5_000 }).send(account, aText())).toEqual({ result: 'retryable' });
    }
  });

  test('a new auth token is used at once, the old one never again', async () => {
    await using server = await aTwilioServer((_request, response) => json(response, 201, { sid: sid(1), status: 'queued' }));
    const messaging = createTwilioMessaging({ baseUrl: server.url, timeoutMs: 2_000 });

    await messaging.send(account, aText());
    await messaging.send({ ...account, authToken: 'rotated' }, aText());

    expect(
      server.seen.map(
        ({ headers }) =>
          Buffer.from(headers.authorization?.slice(6) ?? '', 'base64')
            .toString()
            .split(':')[1],
      ),
    ).toEqual(['the-secret-token', 'rotated']);
  });

  test('many accounts are served without keeping a client for each for ever', async () => {
    await using server = await aTwilioServer((_request, response) => json(response, 201, { sid: sid(1), status: 'queued' }));
    const messaging = createTwilioMessaging({ baseUrl: server.url, timeoutMs: 5_000 });

    for (let n = 0; n < 510; n += 1)
      expect((await messaging.send({ ...account, accountSid: `AC${String(n).padStart(32, '0')}` }, aText())).result).toBe('accepted');
  });
});

describe('listing', () => {
  test('a list runs over pages until it has enough, newest first', async () => {
    await using server = await aTwilioServer((request, response) => {
      const page = Number(request.query.get('Page') ?? 0);
      json(response, 200, {
        messages: [aListed(page * 2), aListed(page * 2 + 1)],
        next_page_uri: page < 2 ? `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json?Page=${page + 1}` : null,
      });
    });
    const messaging = createTwilioMessaging({ baseUrl: server.url, timeoutMs: 2_000 });

    const three = await messaging.list(account, { channel: 'sms', from: '+3197010200001', to: '+31612345678', limit: 3 });
    expect(three.map((message) => message.sid)).toEqual([sid(0), sid(1), sid(2)]);
    expect(server.seen.map(({ query }) => query.get('Page'))).toEqual([null, '1']);
    expect(server.seen[0]?.query.get('From')).toBe('+3197010200001');
    expect(server.seen[0]?.query.has('DateSent')).toBe(false);

    expect(await messaging.list(account, { channel: 'sms', limit: 100 })).toHaveLength(6);
  });

  test('only messages since a moment, and no page further than needed', async () => {
    await using server = await aTwilioServer((request, response) => {
      const page = Number(request.query.get('Page') ?? 0);
      json(response, 200, {
        messages: [aListed(page * 2), aListed(page * 2 + 1)],
        next_page_uri: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json?Page=${page + 1}`,
      });
    });

    const found = await createTwilioMessaging({ baseUrl: server.url, timeoutMs: 2_000 }).list(account, {
      channel: 'sms',
      after: new Date(Date.UTC(2026, 10, 20, 11, 58)),
      limit: 1_000,
    });

    expect(found.map((message) => message.sid)).toEqual([sid(0), sid(1), sid(2)]);
    expect(server.seen).toHaveLength(3);
  });

  test('what is listed is read into our words; another channel, and what is no message, is left out', async () => {
    await using server = await aTwilioServer((_request, response) =>
      json(response, 200, {
        messages: [
          aListed(1, { from: 'whatsapp:+31612345678', to: 'whatsapp:+3197010200001', direction: 'inbound', status: 'received', body: null, num_media: '2' }),
          aListed(2),
          aListed(3, { to: 'messenger:12345' }),
          aListed(4, { date_created: 'once' }),
          aListed(5, { from: null, to: 'whatsapp:+31612345678', error_code: 63016, status: 'failed' }),
          aListed(6, { from: 'odd sender!', to: 'whatsapp:+31612345678' }),
        ],
        next_page_uri: null,
      }),
    );

    const found = await createTwilioMessaging({ baseUrl: server.url, timeoutMs: 2_000 }).list(account, { channel: 'whatsapp', limit: 10 });

    expect(found).toEqual([
      {
        sid: sid(1),
        direction: 'inbound',
        channel: 'whatsapp',
        from: '+31612345678',
        to: '+3197010200001',
        body: '',
        status: 'received',
        errorCode: null,
        numMedia: 2,
        createdAt: new Date(Date.UTC(2026, 10, 20, 11, 59)),
      },
      expect.objectContaining({ sid: sid(5), from: null, errorCode: 63016, status: 'failed' }),
      expect.objectContaining({ sid: sid(6), from: 'odd sender!' }),
    ]);
  });

  test('when Twilio does not answer with a list, that is said, without credentials or numbers', async () => {
    await using server = await aTwilioServer((_request, response) => json(response, 500, { code: 20500, message: 'for +31612345678' }));
    await using garbled = await aTwilioServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));

    for (const { url } of [server, garbled]) {
      const thrown: unknown = await createTwilioMessaging({ baseUrl: url, timeoutMs: 2_000 })
        .list(account, { channel: 'sms', to: '+31612345678', limit: 5 })
        .catch((error: unknown) => error);
      expect(isFailure(thrown) && thrown.code).toBe('twilio.unavailable');
      expect(inspect(thrown, { depth: 10, showHidden: true })).not.toMatch(/the-secret-token|Basic |31612345678|dGhlLXNlY3JldA/);
    }
  });
});

describe('fetching one message', () => {
  test('a message is found, or not there, or cannot be asked for', async () => {
    await using server = await aTwilioServer((request, response) => {
      if (request.path.includes(sid(1))) json(response, 200, aListed(1));
      else if (request.path.includes(sid(2))) json(response, 404, { code: 20404 });
      else json(response, 503, {});
    });
    const messaging = createTwilioMessaging({ baseUrl: server.url, timeoutMs: 2_000 });

    expect(await messaging.fetch(account, sid(1))).toMatchObject({ sid: sid(1), body: 'text 1' });
    expect(await messaging.fetch(account, sid(2))).toBeNull();
    await expect(messaging.fetch(account, sid(3))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

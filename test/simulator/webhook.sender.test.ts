import { connectionOverridesOf } from '../../simulator/connection-overrides.ts';
import { GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';
import type { WebhookAnswer } from './webhook-receiver.fixture.ts';
import { webhookReceiver } from './webhook-receiver.fixture.ts';

const NOBODY_LISTENS = 'http://127.0.0.1:9/sms';

/** One inbound SMS to a webhook URL with this fragment, whose server gives these answers first. */
async function deliveredTo(fragment: string, answers: WebhookAnswer[], fallback = false) {
  const ours = await webhookReceiver();
  ours.answers.push(...answers);
  await using world = await simulatedTwilio({
    numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: ours.url(`/sms${fragment}`), ...(fallback ? { fallbackUrl: ours.url('/fallback') } : {}) }],
  });
  const { deliveries } = await world.write({});
  const result = {
    deliveries,
    received: [...ours.received],
    signed: ours.received.every((webhook) => ours.isSigned(webhook, world.account.authToken)),
    errors: world.ledger('webhook.error').map(({ errorCode }) => errorCode),
    url: ours.url,
  };
  await ours[Symbol.asyncDispose]();
  return result;
}

describe('retries of webhooks', () => {
  it('without overrides an error or a reset is not tried again and ends as 11200', async () => {
    for (const answer of [{ status: 500 }, { status: 404 }, { reset: true }]) {
      const { deliveries, received, errors } = await deliveredTo('', [answer]);
      expect(deliveries).toMatchObject([{ status: answer.status ?? null, attempt: 1 }]);
      expect(received).toHaveLength(1);
      expect(errors).toEqual([11200]);
    }
  });

  it('without overrides a failed connection is tried once more', async () => {
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: NOBODY_LISTENS }] });
    expect((await world.write({})).deliveries).toMatchObject([{ status: null, attempt: 2, error: 'ECONNREFUSED' }]);
    expect(world.ledger('webhook.sent').map(({ httpStatus }) => httpStatus)).toEqual([null, null]);
  });

  it('with rc and rp a 5xx is tried again with the same idempotency token, signature and body', async () => {
    const { deliveries, received, signed, errors } = await deliveredTo('#rc=3&rp=5xx,ct,rt&ct=3000&tt=15000', [{ status: 503 }, { reset: true }]);
    expect(deliveries).toMatchObject([{ status: 200, attempt: 3 }]);
    expect(new Set(received.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1);
    expect(new Set(received.map(({ form }) => form.toString())).size).toBe(1);
    expect(received.map(({ url }) => url)).toEqual(['/sms', '/sms', '/sms']);
    expect([signed, errors]).toEqual([true, []]);
  });

  it('a policy without 4xx leaves a 429 alone; all includes it; retries end at rc', async () => {
    expect((await deliveredTo('#rc=3&rp=5xx,ct,rt', [{ status: 429 }])).received).toHaveLength(1);
    expect((await deliveredTo('#rc=3&rp=all', [{ status: 429 }])).received).toHaveLength(2);
    expect(
      (
        await deliveredTo(
          '#rc=2&rp=all',
          Array.from({ length: 9 }, () => ({ status: 500 })),
        )
      ).received,
    ).toHaveLength(3);
  });

  it('a slow answer counts as read timeout, and the total limit ends the tries', async () => {
    const slow = await deliveredTo('#rt=100&rc=1&rp=rt', [{ silent: true }]);
    expect(slow.deliveries).toMatchObject([{ status: 200, attempt: 2 }]);
    const tooLong = await deliveredTo(
      '#rt=150&tt=200&rc=5&rp=rt',
      Array.from({ length: 6 }, () => ({ silent: true })),
    );
    expect(tooLong.deliveries).toMatchObject([{ status: null, error: 'read timeout' }]);
    expect(tooLong.received.length).toBeLessThanOrEqual(2);
  });

  it('the fallback URL gets the message with what went wrong', async () => {
    const { received, signed, errors, deliveries, url } = await deliveredTo('#rc=1', [{ status: 500 }], true);
    expect(received.map((webhook) => webhook.url)).toEqual(['/sms', '/fallback']);
    expect(received[1]?.form.get('ErrorCode')).toBe('11200');
    expect(received[1]?.form.get('ErrorUrl')).toBe(url('/sms'));
    expect(received[1]?.form.get('MessageSid')).toBe(received[0]?.form.get('MessageSid'));
    expect(received[1]?.headers['i-twilio-idempotency-token']).toBe(received[0]?.headers['i-twilio-idempotency-token']);
    expect([signed, errors, deliveries]).toMatchObject([true, [], [{ status: 200 }]]);
  });

  it('an unknown policy is reported as 11243 and the default kept', async () => {
    const { received, errors } = await deliveredTo('#rc=3&rp=never', [{ status: 500 }]);
    expect(received).toHaveLength(1);
    expect(errors).toEqual([11243, 11200]);
  });

  it('looks like Twilio', async () => {
    const { received } = await deliveredTo('', []);
    expect(received[0]?.headers).toMatchObject({
      'user-agent': 'TwilioProxy/1.1',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-home-region': 'us1',
      accept: '*/*',
    });
  });

  it('reads the documented limits and ignores values outside them', () => {
    expect(connectionOverridesOf('https://a.example/')).toMatchObject({ connectTimeoutMs: 5_000, readTimeoutMs: 15_000, totalTimeoutMs: 15_000, retries: 1 });
    expect(connectionOverridesOf('https://a.example/#ct=99&rt=20000&tt=x&rc=6')).toMatchObject({
      connectTimeoutMs: 5_000,
      readTimeoutMs: 15_000,
      totalTimeoutMs: 15_000,
      retries: 1,
    });
    expect(connectionOverridesOf('https://a.example/#ct=100&rt=200&tt=300&rc=0&rp=4xx').retryOn).toEqual(new Set(['4xx']));
  });
});

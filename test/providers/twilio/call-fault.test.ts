import { faultOfNetworkError, TwilioCallError } from '#providers/twilio/call-fault';

const error = (facts: Record<string, unknown>): Error => Object.assign(new Error(String(facts['message'] ?? 'x')), facts);

describe('a failure of the network', () => {
  test.each([
    ['nobody listens', { code: 'ECONNREFUSED' }, 'refused'],
    ['the name is unknown', { code: 'ENOTFOUND' }, 'dns'],
    ['the name server does not answer', { code: 'EAI_AGAIN' }, 'dns'],
    ['the certificate is too old', { code: 'CERT_HAS_EXPIRED' }, 'tls'],
    [
      'it breaks during the handshake',
      { code: 'ECONNRESET', message: 'Client network socket disconnected before secure TLS connection was established' },
      'tls',
    ],
    ['no connection comes about in time', { code: 'ETIMEDOUT', syscall: 'connect' }, 'unreachable'],
    ['there is no way there', { code: 'EHOSTUNREACH', syscall: 'connect' }, 'unreachable'],
  ])('when %s, nothing was sent', (_name, facts, why) => {
    expect(faultOfNetworkError(error(facts))).toEqual({ kind: 'not_sent', why });
    expect(faultOfNetworkError(error({ code: 'ERR_NETWORK', cause: error(facts) }))).toEqual({ kind: 'not_sent', why });
  });

  test.each([
    ['an answer takes too long', { code: 'ECONNABORTED' }, 'timeout'],
    ['a connection goes quiet', { code: 'ETIMEDOUT', syscall: 'read' }, 'timeout'],
    ['it is cut', { code: 'ECONNRESET', message: 'socket hang up' }, 'reset'],
    ['the pipe breaks', { code: 'EPIPE', syscall: 'write' }, 'reset'],
    ['something unheard of happens', {}, 'reset'],
  ])('when %s, Twilio may have it', (_name, facts, why) => {
    expect(faultOfNetworkError(error(facts))).toEqual({ kind: 'no_answer', why });
  });

  test('whatever is thrown, and however deep its causes go, it is read', () => {
    const loop = error({});
    (loop as { cause?: unknown }).cause = loop;

    for (const thrown of [undefined, null, 'text', 5, loop, { code: 7, message: 8 }])
      expect(faultOfNetworkError(thrown)).toEqual({ kind: 'no_answer', why: 'reset' });
  });
});

test('the words of an error are codes only', () => {
  expect(new TwilioCallError({ kind: 'not_sent', why: 'dns' }).message).toBe('Twilio could not be reached (dns).');
  expect(new TwilioCallError({ kind: 'no_answer', why: 'timeout' }).message).toBe('Twilio did not answer (timeout).');
  expect(new TwilioCallError({ kind: 'answered', httpStatus: 503 }).message).toBe('Twilio answered 503.');
});

import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { isFailure } from '#domain/failure';
import type { FormFields } from '#providers/twilio/form-body';
import { parseFormBody } from '#providers/twilio/form-body';
import { isTwilioSignatureValid } from '#providers/twilio/signature';
import { parseInboundWebhook } from '#providers/twilio/webhook-params';
import { anInboundForm, encodeForm } from './forms.ts';
import file from './vectors.json' with { type: 'json' };

interface Vector {
  name: string;
  authToken: string;
  urlSeenByApp: string;
  params?: Record<string, string | string[]>;
  rawBody?: string;
  signature: string;
  valid: boolean;
}

const AUTH_TOKEN = 'a-token-nobody-guesses';
const ADDRESS = 'https://switchboard.example.com/webhooks/twilio/sms';
const vectors = file.vectors as Vector[];
/** Forms of ours name every field once; the vectors that repeat one are what the strict parser refuses. */
const single = vectors.filter(({ params }) => !params || Object.values(params).every((value) => typeof value === 'string'));

describe('a signature of the official SDKs', () => {
  test.each(single.map((vector) => [vector.name, vector] as const))('%s', (_name, { authToken, urlSeenByApp, params, rawBody, signature, valid }) => {
    const content = rawBody === undefined ? { params: params as Record<string, string> } : { rawBody };

    expect(isTwilioSignatureValid({ authToken, url: urlSeenByApp, signature, ...content })).toBe(valid);
  });

  test('most of the published vectors are used', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(12);
    expect(vectors.length - single.length).toBe(2);
  });
});

describe('a request that did not come from Twilio', () => {
  const params = anInboundForm();
  const signature = getExpectedTwilioSignature(AUTH_TOKEN, ADDRESS, params);

  test('is refused without a signature, with an empty one, and with something that is none', () => {
    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params, signature: undefined })).toBe(false);
    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params, signature: '' })).toBe(false);
    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params, signature: 'not base64 ☃' })).toBe(false);
    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params, signature })).toBe(true);
  });

  test('is refused when another account signed it', () => {
    expect(isTwilioSignatureValid({ authToken: 'the token of another account', url: ADDRESS, params, signature })).toBe(false);
  });

  test('is refused when no token is known, although anybody could sign with an empty one', () => {
    const forged = getExpectedTwilioSignature('', ADDRESS, params);

    expect(isTwilioSignatureValid({ authToken: '', url: ADDRESS, params, signature: forged })).toBe(false);
  });

  test('is refused when our own address is no address', () => {
    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: 'switchboard', params, signature })).toBe(false);
  });

  test('is refused when it was signed for another port, path, query or scheme', () => {
    for (const other of [
      ADDRESS.replace('.com/', '.com:8443/'),
      `${ADDRESS}/`,
      `${ADDRESS}?x=1`,
      ADDRESS.replace('https', 'http'),
      ADDRESS.replace('switchboard.', 'evil.'),
    ]) {
      expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params, signature: getExpectedTwilioSignature(AUTH_TOKEN, other, params) })).toBe(
        false,
      );
    }
  });

  test('is accepted with connection overrides in the configured address, which Twilio does not sign', () => {
    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: `${ADDRESS}#rc=3&rp=all`, params, signature })).toBe(true);
  });

  test('is refused when a JSON body comes to an address without its hash', () => {
    const signedNothing = getExpectedTwilioSignature(AUTH_TOKEN, ADDRESS, {});

    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, rawBody: '{}', signature: signedNothing })).toBe(false);
  });
});

describe('what somebody does to a captured request that was signed', () => {
  const original = anInboundForm({ Body: 'hello', NumMedia: '0' });
  const signature = getExpectedTwilioSignature(AUTH_TOKEN, ADDRESS, original);

  /** What the ingress does: read strictly, check the signature, then read what it means. */
  function isAccepted(body: string): boolean {
    try {
      const fields = parseFormBody(body);
      if (!isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params: fields, signature })) return false;
      parseInboundWebhook(fields, { receivedAtMs: 0 });
      return true;
    } catch (thrown) {
      if (isFailure(thrown)) return false;
      throw thrown;
    }
  }
  const renamed = (from: string, to: Record<string, string>): FormFields => {
    const { [from]: _gone, ...rest } = original;
    return { ...rest, ...to } as FormFields;
  };

  test('untouched, it is accepted', () => {
    expect(isAccepted(encodeForm(original))).toBe(true);
  });

  test('saying the text twice is refused', () => {
    expect(isAccepted(`${encodeForm(original)}&Body=hello`)).toBe(false);
  });

  test('moving a letter from the value into the name is refused, although the signature still fits', () => {
    const shifted = renamed('MessageSid', { MessageSidS: original['MessageSid']?.slice(1) ?? '' });

    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params: shifted, signature })).toBe(true);
    expect(isAccepted(encodeForm(shifted))).toBe(false);
  });

  test('letting one value swallow the next field is refused, although the signature still fits', () => {
    const { From, ...rest } = original;
    const swallowed = { ...rest, Body: `helloFrom${From}` };

    expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url: ADDRESS, params: swallowed, signature })).toBe(true);
    expect(isAccepted(encodeForm(swallowed))).toBe(false);
  });

  test('no other boundary that fits the signature yields a message with another sid', () => {
    const names = Object.keys(original).sort();
    const signed = names.map((name) => name + original[name]).join('');
    /** Cuts the signed text anew: each piece is a field whose name ends where we say. */
    const cutAgain = (cuts: number[], nameLengths: number[]): FormFields => {
      const bounds = [0, ...new Set(cuts)].sort((a, b) => a - b);
      const pieces = bounds.map((start, n) => signed.slice(start, bounds[n + 1]));
      return Object.fromEntries(
        pieces.filter((piece) => piece !== '').map((piece, n) => [piece.slice(0, nameLengths[n] ?? 1), piece.slice(nameLengths[n] ?? 1)]),
      );
    };
    const place = fc.oneof(fc.constantFrom(...names.map((name) => signed.indexOf(name + original[name]))), fc.nat({ max: signed.length }));
    const nameLength = fc.oneof(fc.constantFrom(...names.map((name) => name.length)), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(place, { maxLength: 14 }), fc.array(nameLength, { maxLength: 15 }), (cuts, nameLengths) => {
        const forged = cutAgain(cuts, nameLengths);
        if (!isAccepted(encodeForm(forged))) return;
        expect(parseInboundWebhook(forged, { receivedAtMs: 0 }).message.messageId).toBe(original['MessageSid']);
      }),
      { numRuns: 500 },
    );
  });

  test('changing any one character of any value is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(original)), fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (name, at, character) => {
        const value = original[name] ?? '';
        const place = value.length === 0 ? 0 : at % value.length;
        const changed = value.slice(0, place) + character + value.slice(place + 1);
        fc.pre(changed !== value);
        expect(isAccepted(encodeForm({ ...original, [name]: changed }))).toBe(false);
      }),
    );
  });
});

test('whatever Twilio signs is accepted, in any order of fields and with any text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 80 });
  fc.assert(
    fc.property(
      fc.dictionary(
        text.filter((name) => name !== ''),
        text,
      ),
      text,
      (params, path) => {
        const url = `${ADDRESS}/${encodeURIComponent(path)}`;
        const signature = getExpectedTwilioSignature(AUTH_TOKEN, url, params);
        const shuffled = Object.fromEntries(Object.entries(params).reverse());
        expect(isTwilioSignatureValid({ authToken: AUTH_TOKEN, url, params: shuffled, signature })).toBe(true);
      },
    ),
  );
});

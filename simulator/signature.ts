import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Form parameters in the order they were added; one name may have several values. */
export type FormParameters = ReadonlyMap<string, readonly string[]>;

/**
 * Twilio's X-Twilio-Signature: HMAC-SHA1 with the auth token over the URL as called (no fragment) followed by every
 * parameter's name and value, names in code unit order, the values of a repeated name de-duplicated and sorted.
 */
export function signRequest(authToken: string, url: string, parameters: FormParameters = new Map()): string {
  const names = [...parameters.keys()].sort();
  const signed = names.flatMap((name) => [...new Set(parameters.get(name))].sort().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(withoutFragment(url) + signed.join(''), 'utf8')
    .digest('base64');
}

/** A JSON body is not part of the signature itself: Twilio puts its SHA-256 into the signed URL. */
export function withBodyHash(url: string, rawBody: string): string {
  const hash = createHash('sha256').update(rawBody, 'utf8').digest('hex');
  const bare = withoutFragment(url);
  return `${bare}${bare.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
}

export function isSignedBy(authToken: string, url: string, parameters: FormParameters, signature: string): boolean {
  const expected = Buffer.from(signRequest(authToken, url, parameters));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

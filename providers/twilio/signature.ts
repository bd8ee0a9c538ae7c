import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';

export type SignedRequest = SignedAddress & SignedContent;

interface SignedAddress {
  /** The business's own token: each account signs with its own. */
  authToken: string;
  /** The address Twilio called: the configured public base plus the original path and query. Never made from the Host header. */
  url: string;
  /** The X-Twilio-Signature header as it came; absent counts as wrong. */
  signature: string | undefined;
}

/** A form's fields, from the strict parser; or a JSON webhook's body, byte for byte. */
type SignedContent = { params: Readonly<Record<string, string>> } | { rawBody: string };

/**
 * Whether Twilio, holding this token, sent exactly this.
 * It says nothing about time: a captured request stays valid, which is why MessageSids are remembered for ever.
 */
export function isTwilioSignatureValid(request: SignedRequest): boolean {
  const { authToken, url, signature } = request;
  // An empty token would make a signature anybody can compute.
  if (!signature || authToken === '' || !URL.canParse(url)) return false;
  const signedUrl = withoutFragment(url);
  if ('params' in request) return validateRequest(authToken, signature, signedUrl, { ...request.params });
  return validateRequestWithBody(authToken, signature, signedUrl, request.rawBody);
}

/** Connection overrides (`#rc=3`) stand in the configured address and are not part of what is signed. */
const withoutFragment = (url: string): string => url.replace(/#.*$/s, '');

/**
 * Why a call to Twilio did not bring what was asked, in the only distinctions a caller can act on.
 * `not_sent`: nothing left this machine. `no_answer`: Twilio may have acted. `answered`: Twilio, or something in front of it, said no.
 */
export type CallFault =
  | { kind: 'not_sent'; why: 'refused' | 'dns' | 'tls' | 'unreachable' }
  | { kind: 'no_answer'; why: 'timeout' | 'reset' }
  | { kind: 'answered'; httpStatus: number; errorCode?: number; retryAfterMs?: number };

/** Carries codes only: the SDK's own errors hold the Basic Authorization header and, in their words, phone numbers. */
export class TwilioCallError extends Error {
  override readonly name = 'TwilioCallError';

  constructor(readonly fault: CallFault) {
    super(wordsFor(fault));
  }
}

function wordsFor(fault: CallFault): string {
  if (fault.kind === 'not_sent') return `Twilio could not be reached (${fault.why}).`;
  if (fault.kind === 'no_answer') return `Twilio did not answer (${fault.why}).`;
  return `Twilio answered ${fault.httpStatus}${fault.errorCode === undefined ? '' : ` with error ${fault.errorCode}`}.`;
}

/** What Node reports, somewhere in the chain of causes, about a connection that failed. */
interface NetworkError {
  code?: unknown;
  syscall?: unknown;
  message?: unknown;
  cause?: unknown;
}

const TLS_HANDSHAKE_CODES: ReadonlySet<string> = new Set([
  'EPROTO',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
]);
const TIMEOUT_CODES: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** Anything not known to have happened before the request was written counts as "Twilio may have it". */
export function faultOfNetworkError(thrown: unknown): CallFault {
  const chain = causesOf(thrown);
  const has = (test: (error: NetworkError) => boolean): boolean => chain.some(test);

  if (has(({ code }) => code === 'ECONNREFUSED')) return { kind: 'not_sent', why: 'refused' };
  if (has(({ code }) => code === 'ENOTFOUND' || code === 'EAI_AGAIN')) return { kind: 'not_sent', why: 'dns' };
  if (has(({ code, message }) => isHandshakeFailure(code, message))) return { kind: 'not_sent', why: 'tls' };
  if (has(({ syscall }) => syscall === 'connect')) return { kind: 'not_sent', why: 'unreachable' };
  if (has(({ code }) => typeof code === 'string' && TIMEOUT_CODES.has(code))) return { kind: 'no_answer', why: 'timeout' };
  return { kind: 'no_answer', why: 'reset' };
}

function isHandshakeFailure(code: unknown, message: unknown): boolean {
  if (typeof code === 'string' && TLS_HANDSHAKE_CODES.has(code)) return true;
  return code === 'ECONNRESET' && typeof message === 'string' && message.includes('before secure TLS connection was established');
}

function causesOf(thrown: unknown): NetworkError[] {
  const chain: NetworkError[] = [];
  for (let error = thrown; typeof error === 'object' && error !== null && chain.length < 5; error = (error as NetworkError).cause)
    chain.push(error as NetworkError);
  return chain;
}

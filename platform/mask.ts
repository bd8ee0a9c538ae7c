/** Fields whose value is never written anywhere people without access to messages can look, whatever it holds. */
const PRIVATE_FIELDS = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'x-twilio-signature',
  'x-csrf-token',
  'password',
  'secret',
  'token',
  'apikey',
  'api_key',
  'authtoken',
  'signature',
  'sessionsecret',
  'encryptionkey',
  'body',
  'text',
  'content',
  'preview',
  'reply',
  'memory',
  'question',
  'displayname',
  'profilename',
  'customername',
  'email',
  'phone',
  'customeraddress',
  'address',
  'waid',
  'externaluserid',
  'username',
  'channelmetadata',
  'buttontext',
  'buttonpayload',
  'listtitle',
  'label',
  'latitude',
  'longitude',
  'fromcity',
  'fromzip',
  'from',
  'to',
  'q',
]);

export const isPrivateField = (name: string): boolean => PRIVATE_FIELDS.has(name.toLowerCase());

// Every quantifier is bounded, so that no text, however long or odd, makes these slow.
const EMAIL = /[^\s@<>"'`,;:()[\]{}\\/]{1,64}@[^\s@<>"'`,;:()[\]{}\\/]{1,255}/gu;
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,4096}/gi;
const JWT = /\beyJ[\w-]{5,4096}\.[\w-]{2,8192}(?:\.[\w-]{0,4096})?/g;
const PREFIXED_KEY = /\b(?:sk|ar|pk|rk)_[\w-]{8,512}/g;
const HEX_SECRET = /(?<![A-Za-z0-9])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9A-F]{32})(?![A-Za-z0-9])/g;
const LONG_BASE64 = /[A-Za-z0-9+/_-]{40,8192}={0,2}/g;
/** `+` or `00` or a trunk `0`, then digits that people group with spaces, dots, dashes, slashes and brackets. */
const WRITTEN_PHONE =
  /(?:whatsapp:)?(?<![\p{L}\p{N}_])(?:\+|\(?0)[\s().\-/\u00a0\u2011]{0,3}(?:\p{Nd}[\s().\-/\u00a0\u2011]{0,3}){6,16}\p{Nd}(?![\p{L}\p{N}_])/gu;
const BARE_PHONE = /(?:whatsapp:\+?)?(?<![\p{L}\p{N}_])\p{Nd}{8,15}(?![\p{L}\p{N}_])/gu;
const WHATSAPP_USER = /whatsapp:[^\s"'<>,;&]{1,128}/gi;
const FILE_PATH = /^\/?(?:[\w.-]{0,64}\/){1,64}[\w.-]{0,64}$/;

/** Base64 is told from a file path by its letters: no folder is named like thirty random characters. */
const looksLikeFilePath = (run: string): boolean =>
  FILE_PATH.test(run) && run.split('/').every((part) => part.length < 40 && !(/[A-Z]/.test(part) && /[a-z]/.test(part) && /\d/.test(part) && part.length > 12));

/**
 * The same text without phone numbers (also `whatsapp:` addresses), e-mail addresses, keys and tokens.
 * Ids such as SM… or UUIDs stay, so that log lines can still be joined; when in doubt it masks.
 */
export function maskText(text: string): string {
  return text
    .replace(BEARER, '$1 [token]')
    .replace(JWT, '[token]')
    .replace(PREFIXED_KEY, '[token]')
    .replace(EMAIL, '[email]')
    .replace(HEX_SECRET, '[token]')
    .replace(LONG_BASE64, (run) => (looksLikeFilePath(run) ? run : '[base64]'))
    .replace(WHATSAPP_USER, 'whatsapp:[address]')
    .replace(WRITTEN_PHONE, '[phone]')
    .replace(BARE_PHONE, '[phone]');
}

/** A copy of plain JSON data with private fields removed and every other string masked; keys are masked too. */
export function maskData(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth > 12) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => maskData(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      maskText(name),
      isPrivateField(name) && item !== null && item !== undefined && item !== '' ? '[private]' : maskData(item, depth + 1),
    ]),
  );
}

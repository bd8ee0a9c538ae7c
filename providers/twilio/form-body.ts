import { Failure } from '#domain/failure';

/** A form's fields; every name stands once. */
export type FormFields = Readonly<Record<string, string>>;

export const MAX_FORM_BYTES = 64 * 1024;
const MAX_FIELDS = 200;
const MAX_NAME_LENGTH = 100;
const MAX_VALUE_LENGTH = 16 * 1024;

/**
 * Reads an urlencoded body without a parser's guesses. Twilio's signature stays valid when a field is repeated,
 * so a repeated name is refused here, as are broken percent signs, broken UTF-8, and anything oversized.
 * @throws Failure `webhook.duplicate_key`, `webhook.malformed` or `webhook.too_large`.
 */
export function parseFormBody(raw: string | Buffer): FormFields {
  const body = typeof raw === 'string' ? raw : raw.toString('latin1');
  if (body.length > MAX_FORM_BYTES) throw tooLarge();
  const pairs = body === '' ? [] : body.split('&');
  if (pairs.length > MAX_FIELDS) throw tooLarge();

  const fields = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw malformed();
    const name = decode(pair.slice(0, equals));
    const value = decode(pair.slice(equals + 1));
    if (name.length > MAX_NAME_LENGTH || value.length > MAX_VALUE_LENGTH) throw tooLarge();
    if (fields.has(name)) throw new Failure('invalid', 'webhook.duplicate_key', 'A field stands in the form more than once.');
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    throw malformed();
  }
}

const malformed = (): Failure => new Failure('invalid', 'webhook.malformed', 'The form cannot be read.');
const tooLarge = (): Failure => new Failure('invalid', 'webhook.too_large', 'The form is larger than any that Twilio sends.');

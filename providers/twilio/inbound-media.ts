import type { MediaRef } from '#domain/messages/inbound';
import type { FormFields } from './form-body.ts';

const MOST_MEDIA = 10;
const CONTENT_TYPE = /^[\w.+-]{1,80}\/[\w.+-]{1,80}(?:\s*;.{0,80})?$/;

/** The files of a message, in Twilio's order; one without a usable address is left out, the others stay. */
export function mediaOf(fields: FormFields, count: number): MediaRef[] {
  const found: MediaRef[] = [];
  for (let n = 0; n < Math.min(count, MOST_MEDIA); n += 1) {
    const url = fields[`MediaUrl${n}`];
    if (url === undefined || !isWebAddress(url)) continue;
    const contentType = fields[`MediaContentType${n}`] ?? '';
    found.push({ url, contentType: CONTENT_TYPE.test(contentType) ? contentType.toLowerCase() : 'application/octet-stream' });
  }
  return found;
}

function isWebAddress(raw: string): boolean {
  return raw.length <= 2_000 && /^https?:\/\//.test(raw) && URL.canParse(raw);
}

/** The longest customer text that is kept, in UTF-16 units: what WhatsApp allows. */
export const MAX_INBOUND_TEXT = 4_096;

/** Half of a surrogate pair, or a control character other than line feed and tab. */
const UNWANTED = /[\p{Cc}\p{Cs}]/gu;

/**
 * What a customer wrote, made safe to store, log nowhere and show anywhere: composed (NFC), one kind of line break,
 * no control characters, no broken pairs, at most MAX_INBOUND_TEXT long. Applying it twice changes nothing.
 */
export function normaliseInboundText(raw: string): { text: string; truncated: boolean } {
  const text = raw
    .replace(/\r\n?/g, '\n')
    .replace(UNWANTED, (character) => (character === '\n' || character === '\t' ? character : ''))
    .normalize('NFC');
  return text.length <= MAX_INBOUND_TEXT ? { text, truncated: false } : { text: cutAt(text, MAX_INBOUND_TEXT), truncated: true };
}

/** Cuts between characters, never through a surrogate pair. */
export function cutAt(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

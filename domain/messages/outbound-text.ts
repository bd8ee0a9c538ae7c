import type { Channel } from '../channel.ts';
import { cutAt } from './inbound-text.ts';

/** The longest single message, in UTF-16 units. WhatsApp itself allows 4,096; Twilio refuses anything over 1,600 (21617). */
export const MAX_OUTBOUND_TEXT: Readonly<Record<Channel, number>> = { sms: 1_600, whatsapp: 1_600, web: 4_096 };

/** Cuts a text into messages the channel accepts: between paragraphs, else sentences, else words, and through a word only when nothing else fits. */
export function splitForChannel(channel: Channel, text: string): string[] {
  const most = MAX_OUTBOUND_TEXT[channel];
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const cut = cutPoint(rest, most);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/** The last good place to break at or before `most`; places in the first half would waste a message. */
function cutPoint(text: string, most: number): number {
  const window = text.slice(0, most + 1);
  for (const boundary of ['\n\n', '\n']) {
    const at = window.lastIndexOf(boundary);
    if (at >= most / 2) return at;
  }
  const sentence = lastMatchEnd(window, /[.!?…]["'”’)]*(?=\s)/g);
  if (sentence >= most / 2) return sentence;
  const word = lastMatchEnd(window, /\S(?=\s)/g);
  if (word >= most / 2) return word;
  return cutAt(text, most).length;
}

function lastMatchEnd(text: string, pattern: RegExp): number {
  let end = -1;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

/** Characters WhatsApp reads as bold, italic, struck out or code when they stand around a word. */
const WHATSAPP_MARKUP = /[*_~`]/g;
const WORD_JOINER = '\u2060';

/**
 * A value somebody else chose (a name, a car model), made to read as itself inside our text on the channel.
 * WhatsApp has no escape character, so an invisible joiner keeps its markup from closing; line breaks become spaces.
 */
export function insertedValue(channel: Channel, value: string): string {
  const oneLine = value.replace(/\s+/g, ' ').trim();
  return channel === 'whatsapp' ? oneLine.replace(WHATSAPP_MARKUP, (mark) => `${WORD_JOINER}${mark}${WORD_JOINER}`) : oneLine;
}

const XML_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text as TwiML may hold it: characters XML forbids are dropped, markup is escaped. */
export function escapeTwiml(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (character) => XML_ESCAPES[character] ?? character);
}

export const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

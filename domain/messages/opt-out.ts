import type { Channel } from '../channel.ts';

export type OptOutWish = 'stop' | 'start' | 'help';

export interface OptOutRequest {
  wish: OptOutWish;
  /** The keyword as it stands in our lists, for the record. */
  word: string;
  language: 'nl' | 'en';
  /** False when Twilio answers by itself: a second answer would be refused (STOP) or be one too many. */
  confirm: boolean;
  /** To somebody who never unsubscribed this is an ordinary answer ("Yes"): take it as one unless they had. */
  isOrdinaryOtherwise: boolean;
}

interface Word {
  wish: OptOutWish;
  language: 'nl' | 'en';
  /** On SMS the bare word acts at Twilio whatever we make of it, so our record must follow. */
  smsOnly?: true;
  isOrdinaryOtherwise?: true;
}

/** CANCEL, END, YES and INFO are natural answers in a conversation: outside SMS they mean nothing here. */
const WORDS: Readonly<Record<string, Word>> = {
  stop: { wish: 'stop', language: 'en' },
  stopall: { wish: 'stop', language: 'en' },
  'stop all': { wish: 'stop', language: 'en' },
  unsubscribe: { wish: 'stop', language: 'en' },
  quit: { wish: 'stop', language: 'en' },
  revoke: { wish: 'stop', language: 'en' },
  optout: { wish: 'stop', language: 'en' },
  'opt out': { wish: 'stop', language: 'en' },
  'no more messages': { wish: 'stop', language: 'en' },
  cancel: { wish: 'stop', language: 'en', smsOnly: true },
  end: { wish: 'stop', language: 'en', smsOnly: true },
  stoppen: { wish: 'stop', language: 'nl' },
  afmelden: { wish: 'stop', language: 'nl' },
  afmelding: { wish: 'stop', language: 'nl' },
  'meld me af': { wish: 'stop', language: 'nl' },
  'meld mij af': { wish: 'stop', language: 'nl' },
  uitschrijven: { wish: 'stop', language: 'nl' },
  'schrijf me uit': { wish: 'stop', language: 'nl' },
  'schrijf mij uit': { wish: 'stop', language: 'nl' },
  'geen berichten meer': { wish: 'stop', language: 'nl' },
  start: { wish: 'start', language: 'en' },
  unstop: { wish: 'start', language: 'en' },
  subscribe: { wish: 'start', language: 'en' },
  yes: { wish: 'start', language: 'en', smsOnly: true, isOrdinaryOtherwise: true },
  aanmelden: { wish: 'start', language: 'nl', isOrdinaryOtherwise: true },
  'meld me aan': { wish: 'start', language: 'nl', isOrdinaryOtherwise: true },
  'meld mij aan': { wish: 'start', language: 'nl', isOrdinaryOtherwise: true },
  inschrijven: { wish: 'start', language: 'nl', isOrdinaryOtherwise: true },
  'schrijf me in': { wish: 'start', language: 'nl', isOrdinaryOtherwise: true },
  'schrijf mij in': { wish: 'start', language: 'nl', isOrdinaryOtherwise: true },
  help: { wish: 'help', language: 'en' },
  info: { wish: 'help', language: 'en', smsOnly: true },
};

/** Twilio acts on these by itself on SMS, when they are the whole message. */
const TWILIO_WORDS: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'optout',
  'start',
  'yes',
  'unstop',
  'help',
  'info',
]);

const POLITE =
  /^(?:please|aub|alstublieft|alsjeblieft|svp|graag) | (?:please|aub|a u b|alstublieft|alsjeblieft|svp|s v p|graag|thanks|thank you|bedankt|dank u|dank je)$/g;
const LONGEST_WISH = 60;

/**
 * Whether a whole message is a wish about being written to at all; "Stop er maar mee, ik kom dinsdag" is not.
 * Case, punctuation and "please" do not matter. Web chat has no subscription, so nothing is one there.
 */
export function optOutRequestOf(channel: Channel, text: string): OptOutRequest | null {
  if (channel === 'web' || text.length > LONGEST_WISH) return null;
  const word = plain(text).replace(POLITE, '');
  const found = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (!found || (found.smsOnly && channel !== 'sms')) return null;

  // Twilio matches the bare word; of "Stop!" or "stop a.u.b." it may know nothing, and a needless confirmation is merely refused.
  const isAnsweredByTwilio = channel === 'sms' && TWILIO_WORDS.has(text.trim().toLowerCase());
  return { wish: found.wish, word, language: found.language, confirm: !isAnsweredByTwilio, isOrdinaryOtherwise: found.isOrdinaryOtherwise ?? false };
}

/** What the customer gets when the product answers itself; `name` is the business's. */
export const optOutAnswer = (wish: OptOutWish, language: 'nl' | 'en', name: string): string => ANSWERS[language][wish](name);

const ANSWERS: Record<'nl' | 'en', Record<OptOutWish, (name: string) => string>> = {
  nl: {
    stop: (name) => `U bent afgemeld en krijgt geen berichten meer van ${name}. Stuur START om weer berichten te krijgen.`,
    start: (name) => `U bent weer aangemeld bij ${name}. Waar kunnen we mee helpen?`,
    help: (name) => `U schrijft met ${name}. Stel gerust uw vraag; stuur STOP om geen berichten meer te krijgen.`,
  },
  en: {
    stop: (name) => `You are unsubscribed and will get no more messages from ${name}. Reply START to get them again.`,
    start: (name) => `You are subscribed to ${name} again. How can we help?`,
    help: (name) => `You are writing with ${name}. Just ask your question; reply STOP to get no more messages.`,
  },
};

/** Lower case, words only: "Stop!!", " *STOP* " and "«stop»" are one word. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

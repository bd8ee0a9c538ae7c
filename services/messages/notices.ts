import type { BusinessProfile } from '#domain/business/profile';
import type { Conversation } from '#models/conversation';

type Language = 'nl' | 'en';

/** Fixed texts, for when no assistant speaks. */
const NOTICES = {
  slow_down: {
    nl: 'U stuurt veel berichten achter elkaar. Wacht even, dan beantwoorden we ze allemaal.',
    en: 'You are sending a lot of messages. Please slow down; we will answer all of them.',
  },
  we_will_come_back: {
    nl: 'Bedankt voor uw bericht. Een collega komt er zo snel mogelijk bij u op terug.',
    en: 'Thank you for your message. A colleague will get back to you as soon as possible.',
  },
  no_groups: {
    nl: 'We kunnen helaas niet in een groep antwoorden. Stuur ons een bericht buiten de groep.',
    en: 'Sorry, we cannot answer in a group. Please write to us outside the group.',
  },
} as const satisfies Record<string, Record<Language, string>>;

export type Notice = keyof typeof NOTICES;

export const noticeText = (notice: Notice, language: Language): string => NOTICES[notice][language];

/** The customer's language as far as it is known, else the business's. */
export const languageOf = (conversation: Pick<Conversation, 'language'>, business: Pick<BusinessProfile, 'locale'>): Language =>
  conversation.language === 'nl' || conversation.language === 'en' ? conversation.language : business.locale;

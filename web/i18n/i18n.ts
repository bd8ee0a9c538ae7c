import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Messages } from './messages.ts';

export const LANGUAGES = ['nl', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Record<Language, string> = { nl: 'Nederlands', en: 'English' };

const STORAGE_KEY = 'switchboard.language';

const LOADERS: Record<Language, () => Promise<Messages>> = {
  nl: async () => (await import('./nl/messages.ts')).nl,
  en: async () => (await import('./en/messages.ts')).en,
};

/** The language to start in: the reader's own choice, else the first one of the browser's that we speak, else English. */
export function preferredLanguage(chosen: string | null, browserLanguages: readonly string[]): Language {
  const spoken = [chosen, ...browserLanguages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === spoken.find((tag) => LANGUAGES.some((known) => known === tag))) ?? 'en';
}

export async function startI18n(): Promise<void> {
  const language = preferredLanguage(stored(), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: language,
    resources: { [language]: { translation: await LOADERS[language]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) i18next.addResourceBundle(language, 'translation', await LOADERS[language]());
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

import { useTranslation } from 'react-i18next';
import type { Language } from './language.ts';

const LOCALES: Record<Language, string> = { nl: 'nl-NL', en: 'en-GB' };

export const localeOf = (language: string): string => (language === 'nl' ? LOCALES.nl : LOCALES.en);

/** The BCP 47 tag dates and numbers are written in, following the page's language. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  return localeOf(i18n.language);
}

export const LANGUAGES = ['nl', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Record<Language, string> = { nl: 'Nederlands', en: 'English' };

/** The language to start in: the reader's own choice, else the first one of the browser's that we speak, else English. */
export function preferredLanguage(chosen: string | null, browserLanguages: readonly string[]): Language {
  const wanted = [chosen, ...browserLanguages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.map((tag) => LANGUAGES.find((language) => language === tag)).find((language) => language !== undefined) ?? 'en';
}

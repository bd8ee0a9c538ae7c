/** Longer texts are read up to here: what matters stands at the start, and hostile ones cost nothing extra. */
const READ_AT_MOST = 1_000;

/** Lower case without accents, punctuation other than that of numbers, or doubled spaces: the form every rule in this folder reads. */
export function plainText(raw: string): string {
  return raw
    .slice(0, READ_AT_MOST)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[‘’´`]/g, "'")
    .replace(/[^a-z0-9€£'.,+?!-]+/g, ' ')
    .replace(/([?!]|[.,](?!\d))/g, ' $1 ')
    .replace(/ +/g, ' ')
    .trim();
}

/** The words of a plain text, each without the punctuation in or around it: `id.3` and `ID-3` are both `id3`. */
export function wordsOf(plain: string): string[] {
  return plain
    .split(' ')
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '');
}

/** Whether there is nothing to read but pictures and punctuation. */
export const isWordless = (raw: string): boolean => !/[\p{L}\p{N}]/u.test(raw);

import { en } from '#web/i18n/en/messages';
import { preferredLanguage } from '#web/i18n/language';
import { nl } from '#web/i18n/nl/messages';

const leaves = (tree: object, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : [[path + key, String(value)] as [string, string]],
  );
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test('every word of the pages exists in Dutch and in English', () => {
  const dutch = leaves(nl).map(([key]) => key);
  const english = leaves(en).map(([key]) => key);
  expect(dutch).toEqual(english);
  expect(english.length).toBeGreaterThan(200);
});

test('a sentence fills in the same facts in both languages', () => {
  const dutch = new Map(leaves(nl));
  for (const [key, english] of leaves(en)) expect({ key, facts: placeholders(dutch.get(key) ?? '') }).toEqual({ key, facts: placeholders(english) });
});

test('no sentence was left empty', () => {
  const mayBeEmpty = ['inbox.by.customer', 'chat.role.system'];
  for (const [key, text] of [...leaves(nl), ...leaves(en)])
    if (!mayBeEmpty.includes(key)) expect({ key, empty: text.trim() === '' }).toEqual({ key, empty: false });
});

test('the page speaks the reader’s choice, else the browser’s first language it knows, else English', () => {
  expect(preferredLanguage('nl', ['en-US'])).toBe('nl');
  expect(preferredLanguage(null, ['de-DE', 'nl-BE', 'en'])).toBe('nl');
  expect(preferredLanguage(null, ['fr-FR'])).toBe('en');
});

/** From and to, both included; either may be open. */
export interface Range {
  min?: number;
  max?: number;
}

export interface Amounts {
  /** Whole euros or pounds. */
  price?: Range;
  year?: Range;
  maxMileageKm?: number;
  /** The text without what was understood, so that "2008" is not read as a Peugeot as well. */
  rest: string;
}

interface Found {
  start: number;
  end: number;
  value: number;
  unit: string;
  hasCurrency: boolean;
  isGrouped: boolean;
  before: string;
  after: string;
}

const NUMBER =
  /([€£] ?)?\b(\d{1,3}(?:[.,]\d{3})+|\d{1,7}(?:[.,]\d{1,2})?)(?:,-)? ?-?(k|duizend|mille|thousand|grand|euros?|eur|€|pounds?|pond|quid|gbp|km|kms|kilometers?|kilometres?|miles?|mijl)?(?![a-z0-9])/g;
const CEILING =
  /(?:onder|tot|max|maximaal|maximum|hooguit|hoogstens|minder dan|goedkoper dan|lager dan|niet meer dan|niet duurder dan|binnen|budget(?: is| van| of)?|under|below|less than|up to|cheaper than|no more than|within|at most)(?: de| the| een| a)?(?: budget van| budget of)? ?$/;
const FLOOR =
  /(?:vanaf|meer dan|boven|minimaal|minstens|minimum|duurder dan|hoger dan|over|above|more than|at least|starting at|starting from)(?: de| the)? ?$/;
const ROUGHLY = /(?:rond|rondom|ongeveer|circa|ca|zo'n|around|about|approximately|roughly|some)(?: de| the)? ?$/;
const UNTIL_ANOTHER_YEAR = /^ ?(?:en|tot|a|-|t\/m|and|to) ?(?:19|20)\d\d(?![\d.,]|k| euro)/;
const YEAR_FLOOR_BEFORE = /(?:vanaf|sinds|nieuwer dan|jonger dan|na|minimaal|newer than|after|since|at least)(?: bouwjaar| het jaar)? ?$/;
const YEAR_FLOOR_AFTER = /^ ?(?:of|en|or|and) (?:nieuwer|jonger|later|newer|up|above|onwards)|^ ?(?:onwards|\+)/;
const YEAR_CEILING_BEFORE = /(?:voor|tot|ouder dan|before|older than|until)(?: bouwjaar| het jaar)? ?$/;
const YEAR_CEILING_AFTER = /^ ?(?:of|en|or|and) (?:ouder|eerder|older|earlier)/;

const OLDEST_YEAR = 1950;
const NEWEST_YEAR = 2049;
const KM_PER_MILE = 1.609344;

/** Finds prices, building years and a mileage in plain text: "onder de 15 duizend", "between 10 and 15k", "van 2020", "max 80.000 km". */
export function amountsIn(plain: string): Amounts {
  const text = withNumberWords(plain);
  const numbers = numbersIn(text);
  let amounts: Omit<Amounts, 'rest'> = {};
  let rest = text;

  numbers.forEach((number, index) => {
    const previous = numbers[index - 1];
    const first = previous && isPair(text, previous, number) ? previous : undefined;
    const meaning = meaningOf(number, first);
    if (!meaning) return;
    amounts = { ...amounts, ...meaning };
    rest = without(without(rest, number), first);
  });
  return { ...amounts, rest };
}

/** What one number means; `first` is the other end when two belong together ("10 tot 15 duizend"). */
function meaningOf(number: Found, first: Found | undefined): Omit<Amounts, 'rest'> | undefined {
  if (isMileage(number)) return { maxMileageKm: Math.round(number.value * (/^mi/.test(number.unit) ? KM_PER_MILE : 1)) };
  if (isYear(number)) return { year: first && isYear(first) ? { min: first.value, max: number.value } : yearRange(number) };
  if (!isPrice(number)) return undefined;
  return { price: first && !isYear(first) ? { min: thousands(first.value, number), max: amountOf(number) } : priceRange(number) };
}

const without = (text: string, found: Found | undefined): string =>
  found ? text.slice(0, found.start) + ' '.repeat(found.end - found.start) + text.slice(found.end) : text;

function numbersIn(text: string): Found[] {
  return [...text.matchAll(NUMBER)].map((match) => {
    const [all, symbol, digits = '', unit = ''] = match;
    const isGrouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(digits);
    const start = match.index;
    return {
      start,
      end: start + all.length,
      value: isGrouped ? Number(digits.replace(/[.,]/g, '')) : Number(digits.replace(',', '.')),
      unit,
      hasCurrency: symbol !== undefined || /^(?:eur|€|pound|pond|quid|gbp)/.test(unit),
      isGrouped,
      before: text.slice(Math.max(0, start - 30), start),
      after: text.slice(start + all.length, start + all.length + 30),
    };
  });
}

const isMileage = ({ unit }: Found): boolean => /^(?:km|kilo|mi(?:les?|jl)$)/.test(unit);
const isYear = ({ value, unit, hasCurrency, isGrouped, after }: Found): boolean =>
  unit === '' &&
  !hasCurrency &&
  !isGrouped &&
  Number.isInteger(value) &&
  value >= OLDEST_YEAR &&
  value <= NEWEST_YEAR &&
  !/^ ?(?:euro|pond|pounds|km)/.test(after);
const isThousands = ({ unit }: Found): boolean => /^(?:k|duizend|mille|thousand|grand)$/.test(unit);
const isPrice = (number: Found): boolean =>
  number.hasCurrency ||
  isThousands(number) ||
  (number.value >= 500 &&
    (CEILING.test(number.before) ||
      FLOOR.test(number.before) ||
      ROUGHLY.test(number.before) ||
      /(?:tussen|between)[^a-z]*(?:\d+ (?:en|and) )?$/.test(number.before)));

const amountOf = (number: Found): number => thousands(number.value, number);
/** "tussen 10 en 15 duizend": the unit of the second number counts for the first. */
const thousands = (value: number, { unit }: Pick<Found, 'unit'>): number =>
  Math.round(/^(?:k|duizend|mille|thousand|grand)$/.test(unit) && value < 1_000 ? value * 1_000 : value);

function priceRange(number: Found): Range {
  const amount = amountOf(number);
  if (FLOOR.test(number.before)) return { min: amount };
  if (ROUGHLY.test(number.before)) return { min: Math.round(amount * 0.85), max: Math.round(amount * 1.15) };
  return { max: amount };
}

function yearRange({ value, before, after }: Found): Range {
  if (YEAR_FLOOR_BEFORE.test(before) || YEAR_FLOOR_AFTER.test(after)) return { min: value };
  if (YEAR_CEILING_BEFORE.test(before) || YEAR_CEILING_AFTER.test(after)) return { max: value };
  return UNTIL_ANOTHER_YEAR.test(after) || /(?:tussen|between) ?$/.test(before) ? { min: value } : { min: value, max: value };
}

function isPair(text: string, first: Found, second: Found): boolean {
  const between = text.slice(first.end, second.start).trim();
  return /^(?:en|and|tot|to|a|-|t\/m)(?: de| the)?$/.test(between) || (first.after.startsWith('-') && between === '');
}

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  vijf: 5,
  zes: 6,
  zeven: 7,
  acht: 8,
  negen: 9,
  tien: 10,
  elf: 11,
  twaalf: 12,
  dertien: 13,
  veertien: 14,
  vijftien: 15,
  zestien: 16,
  zeventien: 17,
  achttien: 18,
  negentien: 19,
  twintig: 20,
  vijfentwintig: 25,
  dertig: 30,
  vijfendertig: 35,
  veertig: 40,
  vijftig: 50,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
};
const THOUSANDS_IN_WORDS = new RegExp(`\\b(${Object.keys(NUMBER_WORDS).join('|')}) ?(duizend|thousand|mille|grand|k)\\b`, 'g');

const withNumberWords = (plain: string): string => plain.replace(THOUSANDS_IN_WORDS, (_all, word: string, unit: string) => `${NUMBER_WORDS[word]} ${unit}`);

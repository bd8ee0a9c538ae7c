import type { Car } from '../business/profile.ts';
import type { Range } from './amounts.ts';
import { amountsIn } from './amounts.ts';
import { EVERYDAY_NAMES, KNOWN_BRANDS } from './car-names.ts';
import { isTypingSlip } from './edit-distance.ts';
import { wordsOf } from './plain-text.ts';

/** What somebody says about the car they want; every part is optional. */
export interface CarQuery {
  brand?: string;
  /** The model's everyday name ("Golf", "ID.3"), and the form models are compared in. */
  model?: { name: string; key: string };
  /** Further words that stand in a model's name: "8", "variant", "gti". */
  details: string[];
  fuel?: Car['fuel'];
  city?: string;
  /** Whole euros or pounds. */
  price?: Range;
  year?: Range;
  maxMileageKm?: number;
  /** "De goedkoopste", "the newest": what comes first. */
  first?: 'cheapest' | 'newest' | 'lowest_mileage';
  /** Things a listing does not tell: gearbox, body, colour. */
  notInListing: string[];
}

interface NamedModel {
  name: string;
  key: string;
  brand: string;
  brandKey: string;
}

const FUELS: readonly [RegExp, Car['fuel']][] = [
  [/\b(?:elektrische?|electric|electrics|volledig elektrisch|ev|evs|stekkerauto|full electric)\b/, 'electric'],
  [/\b(?:hybride?|hybrids|plug-?in|phev)\b/, 'hybrid'],
  [/\b(?:diesel|diesels)\b/, 'diesel'],
  [/\b(?:benzine|benzines|benzineauto|petrol|gasoline)\b/, 'petrol'],
];

const FIRSTS: readonly [RegExp, NonNullable<CarQuery['first']>][] = [
  [/\b(?:goedkoopste|voordeligste|cheapest|least expensive|lowest price)\b/, 'cheapest'],
  [/\b(?:nieuwste|jongste|newest|latest|most recent)\b/, 'newest'],
  [/\b(?:minste (?:km|kilometers)|laagste kilometerstand|lowest mileage|fewest miles)\b/, 'lowest_mileage'],
];

const NOT_IN_LISTING: readonly [RegExp, string][] = [
  [/\b(?:automaat|automatic|automatische|handgeschakelde?|schakelbak|manual gearbox|gearbox|versnellingsbak)\b/, 'gearbox'],
  [/\b(?:stationwagen|stationwagon|station|estate|suv|cabrio|cabriolet|convertible|hatchback|sedan|bus|busje|van with)\b/, 'body'],
  [/\b(?:rode?|blauwe?|zwarte?|witte?|grijze?|groene?|gele?|zilver|red|blue|black|white|grey|gray|green|yellow|silver)\b/, 'colour'],
  [/\b(?:trekhaak|towbar|tow bar|navigatie|navigation|airco|carplay|stoelverwarming|heated seats|panoramadak|sunroof)\b/, 'equipment'],
];

/** Reads what is asked for. `isLooking`: the sentence says they look for a car, so that "een up" is one. */
export function carQueryIn(plain: string, cars: readonly Car[], isLooking: boolean): CarQuery {
  const { price, year, maxMileageKm, rest } = amountsIn(plain);
  // "Peugeot 2008" is a model, not a building year.
  const words = wordsOf(/\bpeugeot|pugeot/.test(plain) ? plain : rest);
  const brand = brandIn(words, cars, isLooking);
  const model = modelIn(words, cars, brand, isLooking);
  const isYearOfModel = model !== undefined && year?.min !== undefined && year.min === year.max && model.key === String(year.min);

  const query: CarQuery = {
    details: model ? detailsAfter(words, model) : [],
    notInListing: NOT_IN_LISTING.filter(([pattern]) => pattern.test(plain)).map(([, what]) => what),
  };
  const namedBrand = brand ?? model?.brand;
  const fuel = FUELS.find(([pattern]) => pattern.test(plain))?.[1];
  const city = cityIn(plain, cars);
  const first = FIRSTS.find(([pattern]) => pattern.test(plain))?.[1];
  if (namedBrand) query.brand = namedBrand;
  if (model) query.model = { name: model.name, key: model.key };
  if (fuel) query.fuel = fuel;
  if (city) query.city = city;
  if (price) query.price = price;
  if (year && !isYearOfModel) query.year = year;
  if (maxMileageKm !== undefined) query.maxMileageKm = maxMileageKm;
  if (first) query.first = first;
  return query;
}

export const isEmptyQuery = ({ brand, model, fuel, city, price, year, maxMileageKm, first }: CarQuery): boolean =>
  [brand, model, fuel, city, price, year, maxMileageKm, first].every((wish) => wish === undefined);

/** The form in which a listed car's model is compared: its everyday name, joined ("Golf 8 1.5 TSI" → golf, "320d Touring" → 3serie). */
export function modelKeyOf({ brand, model }: Pick<Car, 'brand' | 'model'>): string {
  const [first = '', second = ''] = wordsOf(foldCase(model));
  if (brand === 'BMW' && /^[1-8]\d\d[a-z]*$/.test(first)) return `${first[0]}serie`;
  if (brand.startsWith('Mercedes') && /^[a-e]$|^[a-e]\d{3}$/.test(first)) return `${first[0]}klasse`;
  const joined = inDutch(first) + inDutch(second);
  return KNOWN_MODELS.some((known) => known.key === joined && known.brandKey === keyOf(brand)) ? joined : first;
}

const foldCase = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
const keyOf = (name: string): string => wordsOf(foldCase(name)).join('');
/** "3 Series" and "C-Class" are known here by their Dutch names. */
const inDutch = (word: string): string => word.replace(/series$/, 'serie').replace(/class$/, 'klasse');

const BRANDS = KNOWN_BRANDS.map(({ name, aliases = [] }) => ({ name, key: keyOf(name), keys: [name, ...aliases].map(keyOf) }));
const KNOWN_MODELS: readonly NamedModel[] = KNOWN_BRANDS.flatMap((brand) =>
  brand.models.map((name) => ({ name, key: keyOf(name), brand: brand.name, brandKey: keyOf(brand.name) })),
);

/** A word, or two neighbours written as one: "id 3", "land rover". */
const candidatesOf = (words: readonly string[]): string[] => [
  ...words.slice(0, -1).map((word, n) => word + inDutch(words[n + 1] ?? '')),
  ...words.map(inDutch),
];

function brandIn(words: readonly string[], cars: readonly Car[], isLooking: boolean): string | undefined {
  const listed = [...new Set(cars.map((car) => car.brand))].map((name) => ({
    name,
    keys: BRANDS.find(({ key }) => key === keyOf(name))?.keys ?? [keyOf(name)],
  }));
  const names = [...listed, ...BRANDS];
  const candidates = candidatesOf(words);
  const exact = names.find(({ keys }) => keys.some((key) => candidates.includes(key) && (isLooking || !EVERYDAY_NAMES.has(key))));
  if (exact) return exact.name;
  return names.find(({ keys }) =>
    keys.some((key) => key.length >= 5 && !EVERYDAY_NAMES.has(key) && words.some((word) => word.length >= 5 && isTypingSlip(word, key))),
  )?.name;
}

function modelIn(words: readonly string[], cars: readonly Car[], brand: string | undefined, isLooking: boolean): NamedModel | undefined {
  const brandKey = brand === undefined ? undefined : keyOf(brand);
  const known = [...listedModels(cars), ...KNOWN_MODELS].filter((model) => brandKey === undefined || model.brandKey === brandKey);
  const candidates = candidatesOf(words);
  const mayBeEveryday = brand !== undefined || isLooking;
  // The longest name wins: "Ioniq 5" before "Ioniq".
  const exact = known.filter(({ key }) => candidates.includes(key) && (mayBeEveryday || !isEveryday(key))).sort((a, b) => b.key.length - a.key.length)[0];
  if (exact || !mayBeEveryday) return exact;
  return known.find(({ key }) => /^[a-z]+$/.test(key) && !isEveryday(key) && words.some((word) => word.length >= 4 && isTypingSlip(word, key)));
}

const isEveryday = (key: string): boolean => key.length < 3 || EVERYDAY_NAMES.has(key);

/** A one-letter name (Mazda 3) means nothing by itself. */
function listedModels(cars: readonly Car[]): NamedModel[] {
  const known = catalogues.get(cars);
  if (known) return known;
  const made = cars
    .map((car): NamedModel => {
      const [key, brandKey] = [modelKeyOf(car), keyOf(car.brand)];
      const name = KNOWN_MODELS.find((model) => model.key === key && model.brandKey === brandKey)?.name ?? car.model.split(' ')[0] ?? car.model;
      return { name, key, brand: car.brand, brandKey };
    })
    .filter(({ key }) => key.length > 1);
  catalogues.set(cars, made);
  return made;
}

/** A profile is kept for seconds and asked many times; its stock is read once. */
const catalogues = new WeakMap<readonly Car[], NamedModel[]>();

/** What follows the model's name, as far as it may belong to it: "golf 8", "octavia combi". */
function detailsAfter(words: readonly string[], model: NamedModel): string[] {
  const at = words.findIndex((word, n) => word === model.key || word + (words[n + 1] ?? '') === model.key || isTypingSlip(word, model.key));
  const length = words[at] !== model.key && (words[at] ?? '') + (words[at + 1] ?? '') === model.key ? 2 : 1;
  const next = words[at + length];
  return at >= 0 && next !== undefined && /^(?:\d|i{1,3}|iv|v|vi{0,3}|viii|gti|gte|gtd|r|rs|variant|combi|break|touring|avant|cross|sportback|plus)$/.test(next)
    ? [ROMAN[next] ?? next]
    : [];
}

const ROMAN: Readonly<Record<string, string>> = { iv: '4', v: '5', vi: '6', vii: '7', viii: '8' };

function cityIn(plain: string, cars: readonly Car[]): string | undefined {
  return [...new Set(cars.map((car) => car.city))].find((city) => ` ${plain} `.includes(` ${foldCase(city)} `));
}

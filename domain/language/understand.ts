import type { Car } from '../business/profile.ts';
import type { CarQuery } from './car-query.ts';
import { carQueryIn, isEmptyQuery } from './car-query.ts';
import type { DayMention } from './day-mentions.ts';
import { daysMentioned, isOnlyADay } from './day-mentions.ts';
import type { DetectedLanguage } from './detect-language.ts';
import { detectLanguage } from './detect-language.ts';
import type { Intent } from './intent-phrases.ts';
import { INTENT_PHRASES } from './intent-phrases.ts';
import { isWordless, plainText } from './plain-text.ts';

export interface Understanding {
  /** Most important first; `out_of_scope` alone when nothing was understood. */
  intents: Intent[];
  /** 0 to 1, of the first intent. */
  confidence: number;
  /** null: the words do not tell. */
  language: DetectedLanguage | null;
  car: CarQuery;
  days: DayMention[];
  /** Nothing but emoji or punctuation. */
  isWordless: boolean;
  /** The message speaks of a car already mentioned: "en wat kost die?", "the second one". */
  refersBack: { isPronoun: boolean; ordinal?: number };
}

const PRONOUN = /\b(?:die|deze|hij|dat|hem|it|that one|this one|this car|that car|die auto|deze auto|ze)\b/;
const ORDINALS: readonly [RegExp, number][] = [
  [/^(?:nr ?|nummer |number |optie |option )?1[ .!?]*$|\b(?:de|het) eerste\b|\b(?:the )?first one\b|\bnummer (?:1|een)\b/, 1],
  [/^(?:nr ?|nummer |number |optie |option )?2[ .!?]*$|\b(?:de|het) tweede\b|\b(?:the )?second one\b|\bnummer (?:2|twee)\b/, 2],
  [/^(?:nr ?|nummer |number |optie |option )?3[ .!?]*$|\b(?:de|het) (?:derde|laatste)\b|\b(?:the )?(?:third|last) one\b|\bnummer (?:3|drie)\b/, 3],
];

/** Reads a customer's words by rules alone. Never throws, and takes no longer for a hostile text than for a long one. */
export function understand(raw: string, cars: readonly Car[]): Understanding {
  const plain = plainText(raw);
  const matched = INTENT_PHRASES.filter(([, ...patterns]) => patterns.some((pattern) => pattern.test(plain))).map(([intent]) => intent);
  const isLooking = matched.some((intent) => intent === 'car_search' || intent === 'price_question' || intent === 'car_details');
  const car = cars.length > 0 ? carQueryIn(plain, cars, isLooking) : { details: [], notInListing: [] };
  const ordinal = ORDINALS.find(([pattern]) => pattern.test(plain))?.[1];

  const days = daysMentioned(plain);
  const intents = withCarIntent(matched, car, { plain, isLooking, sellsCars: cars.length > 0 });
  if (intents.length === 0 && isOnlyADay(plain)) intents.push('opening_hours');
  return {
    intents: intents.length > 0 ? intents : ['out_of_scope'],
    confidence: confidenceOf(intents, matched),
    language: detectLanguage(raw),
    car,
    days,
    isWordless: isWordless(raw),
    refersBack: { isPronoun: PRONOUN.test(plain), ...(ordinal !== undefined && { ordinal }) },
  };
}

/** Naming a car is asking for it, unless something else was asked about it; for other trades cars mean nothing. */
function withCarIntent(matched: Intent[], car: CarQuery, { plain, isLooking, sellsCars }: { plain: string; isLooking: boolean; sellsCars: boolean }): Intent[] {
  if (!sellsCars) return matched.filter((intent) => intent !== 'car_search' && intent !== 'car_details' && intent !== 'seller_assistance');
  const asksAboutCars =
    /\b(?:auto|autos|auto's|wagen|cars?|vehicle|occasions?|voorraad|aanbod|stock|bouwjaar|km)\b/.test(plain) || (isLooking && car.notInListing.length > 0);
  const namesCar =
    car.brand !== undefined ||
    car.model !== undefined ||
    (!isEmptyQuery(car) && (isLooking || asksAboutCars || plain.split(' ').length <= SHORT_WISH || car.price !== undefined));
  const others = matched.filter((intent) => intent !== 'car_search');
  if (!namesCar && !asksAboutCars) return others;
  const isAsked = matched.includes('car_search') || (namesCar && !others.some((intent) => ABOUT_A_CAR.has(intent)));
  if (!isAsked) return others;
  const at = others.findIndex((intent) => AFTER_SEARCH.has(intent));
  return at < 0 ? [...others, 'car_search'] : [...others.slice(0, at), 'car_search', ...others.slice(at)];
}

/** A fuel, a year or a city is a wish by itself only in a message this short ("en een diesel?"). */
const SHORT_WISH = 5;

/** A car named together with one of these is what that wish is about. */
const ABOUT_A_CAR: ReadonlySet<Intent> = new Set([
  'complaint',
  'human_please',
  'service_request',
  'appointment_request',
  'seller_assistance',
  'price_question',
  'car_details',
]);
/** Less important than a search in the same message. */
const AFTER_SEARCH: ReadonlySet<Intent> = new Set([
  'opening_hours',
  'address',
  'about_assistant',
  'language_request',
  'thanks',
  'goodbye',
  'yes',
  'no',
  'greeting',
]);

function confidenceOf(intents: readonly Intent[], matched: readonly Intent[]): number {
  const [first] = intents;
  if (first === undefined) return 0.2;
  return matched.includes(first) ? 0.9 : 0.7;
}

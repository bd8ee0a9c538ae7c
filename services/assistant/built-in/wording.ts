import type { DayHours, OpenState, Weekday } from '#domain/business/hours';
import type { BusinessProfile, Car } from '#domain/business/profile';
import type { Channel } from '#domain/channel';
import type { Range } from '#domain/language/amounts';
import type { CarQuery } from '#domain/language/car-query';
import type { Language } from '#domain/language/detect-language';
import { insertedValue } from '#domain/messages/outbound-text';

const WEEKDAYS: Record<Language, readonly string[]> = {
  nl: ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const FUELS: Record<Language, Record<Car['fuel'], string>> = {
  nl: { petrol: 'benzine', diesel: 'diesel', hybrid: 'hybride', electric: 'elektrisch' },
  en: { petrol: 'petrol', diesel: 'diesel', hybrid: 'hybrid', electric: 'electric' },
};
/** The notation of the country the language is read in here; amounts themselves never change. */
const LOCALES: Record<Language, string> = { nl: 'nl-NL', en: 'en-GB' };

const weekdayName = (language: Language, weekday: Weekday): string => WEEKDAYS[language][weekday] ?? '';

/** Plain spaces only: a no-break space would double the price of an SMS. */
export function priceText(language: Language, price: number, currency: Car['currency']): string {
  const isWhole = price % 100 === 0;
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'currency',
    currency,
    minimumFractionDigits: isWhole ? 0 : 2,
    maximumFractionDigits: isWhole ? 0 : 2,
  });
  return format.format(price / 100).replace(/\s/g, ' ');
}

const numberText = (language: Language, value: number): string => new Intl.NumberFormat(LOCALES[language]).format(value).replace(/\s/g, ' ');

export const carName = (channel: Channel, car: Pick<Car, 'brand' | 'model'>): string => insertedValue(channel, `${car.brand} ${car.model}`);

export function carLine(language: Language, channel: Channel, car: Car): string {
  return `${carName(channel, car)}, ${car.year}, ${FUELS[language][car.fuel]}, ${numberText(language, car.mileageKm)} km: ${priceText(language, car.price, car.currency)}`;
}

export function carSentence(language: Language, channel: Channel, car: Car): string {
  const [name, fuel, km, price, city] = [
    carName(channel, car),
    FUELS[language][car.fuel],
    numberText(language, car.mileageKm),
    priceText(language, car.price, car.currency),
    insertedValue(channel, car.city),
  ];
  return language === 'nl'
    ? `De ${name} is van ${car.year}, rijdt op ${fuel === 'elektrisch' ? 'stroom' : fuel === 'hybride' ? 'benzine en stroom (hybride)' : fuel} en heeft ${km} km gelopen. Hij kost ${price} en staat in ${city}.`
    : `The ${name} is from ${car.year}, runs on ${fuel === 'electric' ? 'electricity' : fuel === 'hybrid' ? 'petrol and electricity (hybrid)' : fuel} and has done ${km} km. It costs ${price} and is in ${city}.`;
}

/** "een Volkswagen Golf, elektrisch, tot € 30.000": what was asked for, in our words and never in the customer's. */
export function wishText(language: Language, query: CarQuery, currency: Car['currency']): string {
  const named = modelName(query) ?? query.brand;
  const noun = named ?? (language === 'nl' ? 'auto' : 'car');
  const article = language === 'nl' ? 'een' : /^[aeiou]/i.test(noun) ? 'an' : 'a';
  const extras = [
    query.fuel && FUELS[language][query.fuel],
    yearText(language, query.year),
    query.price &&
      rangeText(language, {
        ...(query.price.min !== undefined && { min: priceText(language, query.price.min * 100, currency) }),
        ...(query.price.max !== undefined && { max: priceText(language, query.price.max * 100, currency) }),
      }),
    query.maxMileageKm !== undefined &&
      (language === 'nl' ? `tot ${numberText(language, query.maxMileageKm)} km` : `up to ${numberText(language, query.maxMileageKm)} km`),
    query.city && `in ${query.city}`,
  ].filter((part): part is string => typeof part === 'string');
  return [`${article} ${[noun, ...query.details].join(' ')}`, ...extras].join(', ');
}

/** "Volkswagen Golf", and not "Polestar Polestar 2". */
export function modelName({ brand = '', model }: Pick<CarQuery, 'brand' | 'model'>): string | undefined {
  if (!model) return undefined;
  return model.name.startsWith(brand) ? model.name : `${brand} ${model.name}`;
}

function yearText(language: Language, year: Range | undefined): string | undefined {
  if (!year) return undefined;
  if (year.min !== undefined && year.min === year.max) return language === 'nl' ? `van ${year.min}` : `from ${year.min}`;
  return rangeText(language, { ...(year.min !== undefined && { min: String(year.min) }), ...(year.max !== undefined && { max: String(year.max) }) });
}

function rangeText(language: Language, { min, max }: { min?: string; max?: string }): string | undefined {
  if (min !== undefined && max !== undefined) return language === 'nl' ? `tussen ${min} en ${max}` : `between ${min} and ${max}`;
  if (min !== undefined) return language === 'nl' ? `vanaf ${min}` : `from ${min}`;
  return max === undefined ? undefined : language === 'nl' ? `tot ${max}` : `up to ${max}`;
}

/** "vandaag", "morgen", else the weekday. */
function dayName(language: Language, { daysAhead, weekday }: { daysAhead: number; weekday: Weekday }): string {
  if (daysAhead === 0) return language === 'nl' ? 'vandaag' : 'today';
  if (daysAhead === 1) return language === 'nl' ? 'morgen' : 'tomorrow';
  return language === 'nl' ? weekdayName(language, weekday) : `on ${weekdayName(language, weekday)}`;
}

export function openSentence(language: Language, state: OpenState): string {
  if (state.isOpen) return language === 'nl' ? `We zijn nu open, tot ${state.closes}.` : `We are open now, until ${state.closes}.`;
  const { opensNext } = state;
  if (!opensNext) return language === 'nl' ? 'We zijn op dit moment gesloten.' : 'We are closed at the moment.';
  const when = `${dayName(language, opensNext)} ${language === 'nl' ? 'om' : 'at'} ${opensNext.opens}`;
  return language === 'nl' ? `We zijn nu gesloten; ${when} gaan we weer open.` : `We are closed now and open again ${when}.`;
}

export function dayHoursSentence(language: Language, day: DayHours): string {
  const name = day.daysAhead === 0 || day.daysAhead === 1 ? `${dayName(language, day)} (${weekdayName(language, day.weekday)})` : dayName(language, day);
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  if (day.intervals.length === 0) return language === 'nl' ? `${capital} zijn we gesloten.` : `${capital} we are closed.`;
  const times = day.intervals
    .map(({ opens, closes }) => (language === 'nl' ? `van ${opens} tot ${closes}` : `from ${opens} to ${closes}`))
    .join(language === 'nl' ? ' en ' : ' and ');
  return language === 'nl' ? `${capital} zijn we open ${times}.` : `${capital} we are open ${times}.`;
}

/** The whole week, days with the same hours together: "ma t/m vr 08:30-18:00". */
export function weekText(language: Language, hours: BusinessProfile['hours']): string {
  const closed = language === 'nl' ? 'gesloten' : 'closed';
  const week = ([1, 2, 3, 4, 5, 6, 0] as const).map((weekday) => ({
    weekday,
    text: (hours[weekday] ?? []).map(({ opens, closes }) => `${opens}-${closes}`).join(', ') || closed,
  }));
  const groups: { from: Weekday; to: Weekday; text: string }[] = [];
  for (const { weekday, text } of week) {
    const last = groups.at(-1);
    if (last?.text === text) last.to = weekday;
    else groups.push({ from: weekday, to: weekday, text });
  }
  const until = language === 'nl' ? 't/m' : 'to';
  return groups
    .map(
      ({ from, to, text }) => `${from === to ? weekdayName(language, from) : `${weekdayName(language, from)} ${until} ${weekdayName(language, to)}`}: ${text}`,
    )
    .join('\n');
}

import type { Car } from '#domain/business/profile';
import type { CarQuery } from '#domain/language/car-query';
import { isEmptyQuery } from '#domain/language/car-query';
import { colleagueKnows } from './hand-over.answers.ts';
import type { Answer, Scene } from './scene.ts';
import { inWords } from './scene.ts';
import { targetCars } from './target-cars.ts';
import { carLine, carName, carSentence, modelName, priceText, wishText } from './wording.ts';

const MOST_SHOWN = 3;

/** Up to three listed cars that meet every wish; when none does, that is said, with the nearest there is. */
export function carSearch(scene: Scene): Answer {
  const query = queryOf(scene);
  const { cars: all } = scene.context.business;
  if (isEmptyQuery(query)) return query.notInListing.length > 0 ? askColleague(scene, query) : overview(scene, all);

  const { cars, nearest } = scene.tools.searchCars(query);
  const unlisted = unlistedNote(scene, query);
  if (cars.length > 0) return show(scene, query, cars, unlisted);
  const wish = wishText(scene.language, query, currencyOf(all));
  const none = inWords(scene, `${capital(wish)} heb ik op dit moment niet staan.`, `I do not have ${wish} at the moment.`);
  if (!nearest) {
    const offer = inWords(scene, 'Zal ik een collega vragen om voor u uit te kijken?', 'Shall I ask a colleague to keep an eye out for you?');
    const others = inWords(scene, `We hebben wel ${brandList(scene, all)}.`, `We do have ${brandList(scene, all)}.`);
    return {
      text: `${none} ${others} ${offer}`,
      intent: 'car_search',
      remembered: { misunderstandings: 0, lastQuery: undefined, carId: undefined, shownIds: [], offered: 'hand_over' },
    };
  }

  const shown = nearest.cars.slice(0, MOST_SHOWN);
  const intro = inWords(scene, 'Wat er het dichtst bij komt:', 'The closest I have:');
  return { ...listed(scene, shown, `${none} ${intro}`, ''), remembered: { ...focusOn(shown), misunderstandings: 0, lastQuery: query } };
}

/** The one car that is meant: its number in the last list, its name, or the one being talked about. */
export function carDetails(scene: Scene): Answer {
  const target = targetCars(scene);
  const [car] = target;
  if (car && target.length === 1) return { ...one(scene, car), intent: 'car_details' };
  if (target.length > 1)
    return {
      ...listed(scene, target.slice(0, MOST_SHOWN), inWords(scene, 'Welke bedoelt u?', 'Which one do you mean?'), ''),
      intent: 'car_details',
      remembered: { ...focusOn(target.slice(0, MOST_SHOWN)), misunderstandings: 0 },
    };
  if (!isEmptyQuery(scene.understood.car)) return { ...carSearch(scene), intent: 'car_details' };
  return {
    text: inWords(
      scene,
      'Over welke auto wilt u meer weten? Noem gerust merk en model.',
      'Which car would you like to know more about? Just name the make and model.',
    ),
    intent: 'car_details',
    remembered: { misunderstandings: 0 },
  };
}

/** Prices come from the listing and from nowhere else. */
export function priceQuestion(scene: Scene): Answer {
  if (scene.context.business.cars.length === 0) {
    return colleagueKnows(
      scene,
      'price_question',
      'De prijs hangt van de situatie af, en ik noem liever geen verkeerd bedrag. Een collega geeft u een eerlijke prijs.',
      'The price depends on the situation, and I would rather not quote a wrong amount. A colleague will give you a fair price.',
    );
  }
  const target = targetCars(scene);
  const [car] = target;
  if (car && target.length === 1) {
    const name = carName(scene.context.channel, car);
    const price = priceText(scene.language, car.price, car.currency);
    const text = inWords(
      scene,
      `De ${name} uit ${car.year} kost ${price}. Zal ik een proefrit voor u laten inplannen?`,
      `The ${name} from ${car.year} costs ${price}. Shall I have a test drive arranged for you?`,
    );
    return {
      text,
      intent: 'price_question',
      quickReplies: [testDriveButton(scene)],
      remembered: { ...focusOn([car]), offered: 'appointment', misunderstandings: 0 },
    };
  }
  if (target.length > 1) return { ...show(scene, queryOf(scene), target, ''), intent: 'price_question' };
  if (!isEmptyQuery(scene.understood.car)) return { ...carSearch(scene), intent: 'price_question' };
  return {
    text: inWords(
      scene,
      'Van welke auto wilt u de prijs weten? Noem gerust merk en model.',
      'Which car would you like the price of? Just name the make and model.',
    ),
    intent: 'price_question',
    remembered: { misunderstandings: 0 },
  };
}

/** A car by the payload of a quick reply. */
export function carChosen(scene: Scene, id: string): Answer {
  const car = scene.tools.carById(id);
  if (car) return { ...one(scene, car), intent: 'car_details' };
  return {
    text: inWords(
      scene,
      'Die auto staat niet meer te koop. Zal ik iets vergelijkbaars zoeken? Noem gerust merk of prijs.',
      'That car is no longer for sale. Shall I look for something similar? Just name a make or a price.',
    ),
    intent: 'car_details',
    remembered: { misunderstandings: 0 },
  };
}

/** "En een diesel?" narrows the search before; naming another brand or model starts anew. */
function queryOf({ understood, remembered }: Scene): CarQuery {
  const { car } = understood;
  const { lastQuery } = remembered;
  const startsAnew = car.brand !== undefined || car.model !== undefined || isEmptyQuery(car) || lastQuery === undefined;
  return startsAnew ? car : { ...lastQuery, ...car, details: car.details.length > 0 ? car.details : lastQuery.details };
}

function show(scene: Scene, query: CarQuery, cars: readonly Car[], note: string): Answer {
  const [first] = cars;
  if (first && cars.length === 1) {
    const answer = one(scene, first);
    return { ...answer, text: [answer.text, note].filter(Boolean).join(' '), intent: 'car_search', remembered: { ...answer.remembered, lastQuery: query } };
  }
  const shown = cars.slice(0, MOST_SHOWN);
  const count = countText(scene, query, cars.length);
  const intro = cars.length > shown.length ? inWords(scene, `${count}; dit zijn er ${shown.length}:`, `${count}; here are ${shown.length}:`) : `${count}:`;
  return { ...listed(scene, shown, intro, note), remembered: { ...focusOn(shown), lastQuery: query, misunderstandings: 0 } };
}

function listed(scene: Scene, cars: readonly Car[], intro: string, note: string): Answer {
  const lines = cars.map((car, n) => `${cars.length > 1 ? `${n + 1}. ` : ''}${carLine(scene.language, scene.context.channel, car)}`);
  const outro =
    cars.length > 1
      ? inWords(scene, 'Over welke wilt u meer weten?', 'Which one would you like to know more about?')
      : inWords(scene, 'Wilt u er meer over weten?', 'Would you like to know more about it?');
  return {
    text: [intro, ...lines, [outro, note].filter(Boolean).join(' ')].join('\n'),
    intent: 'car_search',
    quickReplies: cars.map((car, n) => ({ label: `${n + 1}. ${car.model}`.slice(0, 20), payload: `car:${car.id}` })),
  };
}

function one(scene: Scene, car: Car): Answer {
  const offer = inWords(scene, 'Zal ik een proefrit voor u laten inplannen?', 'Shall I have a test drive arranged for you?');
  return {
    text: `${carSentence(scene.language, scene.context.channel, car)} ${offer}`,
    intent: 'car_search',
    quickReplies: [testDriveButton(scene)],
    remembered: { ...focusOn([car]), offered: 'appointment', misunderstandings: 0 },
  };
}

function overview(scene: Scene, cars: readonly Car[]): Answer {
  const text = inWords(
    scene,
    `We hebben nu ${cars.length} auto's staan, van ${brandList(scene, cars)}. Noem gerust merk, model, prijs of brandstof, dan zoek ik voor u.`,
    `We have ${cars.length} cars in stock: ${brandList(scene, cars)}. Just name a make, model, price or fuel and I will look for you.`,
  );
  return {
    text,
    intent: 'car_search',
    quickReplies: brandsOf(cars)
      .slice(0, MOST_SHOWN)
      .map((brand) => ({ label: brand.slice(0, 20), payload: `brand:${brand}` })),
    remembered: { misunderstandings: 0 },
  };
}

function countText(scene: Scene, query: CarQuery, count: number): string {
  const { brand } = query;
  const name = modelName(query);
  if (name !== undefined) {
    return inWords(scene, `Van de ${name} heb ik er ${count} staan`, `I have ${count} ${name} cars in stock`);
  }
  if (brand !== undefined) return inWords(scene, `Van ${brand} heb ik er ${count} staan`, `I have ${count} ${brand} cars in stock`);
  return inWords(scene, `Ik heb ${count} auto's voor u gevonden`, `I have found ${count} cars for you`);
}

const brandsOf = (cars: readonly Car[]): string[] => [...new Set(cars.map((car) => car.brand))].sort();

function brandList(scene: Scene, cars: readonly Car[]): string {
  const brands = brandsOf(cars);
  const list = new Intl.ListFormat(scene.language, { type: 'conjunction' }).format(brands.slice(0, 8));
  return brands.length > 8 ? inWords(scene, `onder andere ${list}`, `${list} and more`) : list;
}

/** The only wish is one that a listing does not tell. */
function askColleague(scene: Scene, query: CarQuery): Answer {
  const offer = inWords(
    scene,
    'Zal ik het een collega vragen? U kunt ook merk, model, prijs of brandstof noemen, dan zoek ik zelf.',
    'Shall I ask a colleague? You can also name a make, model, price or fuel, and I will look myself.',
  );
  return { text: `${unlistedNote(scene, query)} ${offer}`, intent: 'car_search', remembered: { misunderstandings: 0, offered: 'hand_over' } };
}

/** What a listing does not tell is not guessed. */
function unlistedNote(scene: Scene, { notInListing }: CarQuery): string {
  if (notInListing.length === 0) return '';
  const [nl, en] = UNLISTED_WORDS[notInListing[0] ?? ''] ?? ['Die eigenschap', 'That detail'];
  return inWords(scene, `${nl} kan ik niet nakijken; dat weet een collega.`, `${en} I cannot check; a colleague can.`);
}

const UNLISTED_WORDS: Readonly<Record<string, readonly [nl: string, en: string]>> = {
  gearbox: ['De versnellingsbak', 'The gearbox'],
  body: ['Het type carrosserie', 'The body type'],
  colour: ['De kleur', 'The colour'],
  equipment: ['De uitrusting', 'The equipment'],
};

const focusOn = (cars: readonly Car[]): { carId?: string; shownIds: string[] } => ({
  carId: cars.length === 1 ? cars[0]?.id : undefined,
  shownIds: cars.map((car) => car.id),
});
const currencyOf = (cars: readonly Car[]): Car['currency'] => cars[0]?.currency ?? 'EUR';
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const testDriveButton = (scene: Scene) => ({ label: inWords(scene, 'Proefrit', 'Test drive'), payload: 'appointment' });

import type { Car } from '#domain/business/profile';
import type { CarQuery } from '#domain/language/car-query';
import { modelKeyOf } from '#domain/language/car-query';
import { wordsOf } from '#domain/language/plain-text';

export interface CarSearchResult {
  /** Best first; every one meets every wish. */
  cars: Car[];
  /** When nothing does: the nearest, with one wish left out, and which one that was. */
  nearest?: { cars: Car[]; without: 'price' | 'year' | 'mileage' | 'city' | 'fuel' | 'model' };
}

type Wish = 'model' | 'details' | 'fuel' | 'city' | 'price' | 'year' | 'mileage' | 'brand';

/** Finds listed cars by every wish of the query; an empty query finds all. */
export function searchCars(cars: readonly Car[], query: CarQuery): CarSearchResult {
  const exact = matching(cars, query, []);
  if (exact.length > 0) return { cars: exact };
  for (const without of ['price', 'year', 'mileage', 'city', 'fuel', 'model'] as const) {
    if (!hasWish(query, without)) continue;
    const found = matching(cars, query, [without]);
    if (found.length > 0) return { cars: [], nearest: { cars: without === 'price' ? byPriceDistance(found, query) : found, without } };
  }
  return { cars: [] };
}

function matching(cars: readonly Car[], query: CarQuery, ignored: readonly Wish[]): Car[] {
  const wants = (wish: Wish): boolean => !ignored.includes(wish);
  const found = cars.filter(
    (car) =>
      (!wants('brand') || query.brand === undefined || car.brand.toLowerCase() === query.brand.toLowerCase()) &&
      (!wants('model') || query.model === undefined || modelKeyOf(car) === query.model.key) &&
      (!wants('fuel') || query.fuel === undefined || car.fuel === query.fuel) &&
      (!wants('city') || query.city === undefined || car.city === query.city) &&
      (!wants('year') || within(car.year, query.year)) &&
      (!wants('price') || within(car.price / 100, query.price)) &&
      (!wants('mileage') || query.maxMileageKm === undefined || car.mileageKm <= query.maxMileageKm),
  );
  // "Golf 8" narrows to the eighth when one is listed; a listing that does not name generations is not held against it.
  const detailed = found.filter((car) => query.details.every((detail) => wordsOf(car.model.toLowerCase()).includes(detail)));
  return (query.details.length > 0 && detailed.length > 0 ? detailed : found).toSorted(ORDERS[query.first ?? 'newest']);
}

const ORDERS: Record<NonNullable<CarQuery['first']>, (a: Car, b: Car) => number> = {
  cheapest: (a, b) => a.price - b.price,
  newest: (a, b) => b.year - a.year || a.price - b.price,
  lowest_mileage: (a, b) => a.mileageKm - b.mileageKm,
};

const within = (value: number, range: { min?: number; max?: number } | undefined): boolean =>
  value >= (range?.min ?? -Infinity) && value <= (range?.max ?? Infinity);

function hasWish(query: CarQuery, wish: 'price' | 'year' | 'mileage' | 'city' | 'fuel' | 'model'): boolean {
  return wish === 'mileage' ? query.maxMileageKm !== undefined : query[wish] !== undefined;
}

function byPriceDistance(cars: readonly Car[], { price }: CarQuery): Car[] {
  const wanted = price?.max ?? price?.min ?? 0;
  return cars.toSorted((a, b) => Math.abs(a.price / 100 - wanted) - Math.abs(b.price / 100 - wanted));
}

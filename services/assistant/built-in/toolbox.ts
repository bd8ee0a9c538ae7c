import type { ReplyTrace } from '#domain/assistant/assistant.port';
import type { DayHours, OpenState } from '#domain/business/hours';
import { daysUntil, hoursOn, openState } from '#domain/business/hours';
import type { BusinessProfile, Car } from '#domain/business/profile';
import type { CarQuery } from '#domain/language/car-query';
import type { DayMention } from '#domain/language/day-mentions';
import type { CarSearchResult } from './search-cars.ts';
import { searchCars } from './search-cars.ts';

/** The look-ups a reply may rest on; every call is written down for the trace. */
export interface Toolbox {
  searchCars(query: CarQuery): CarSearchResult;
  carById(id: string): Car | undefined;
  openState(): OpenState;
  hoursFor(days: readonly DayMention[]): DayHours[];
  used(): Pick<ReplyTrace, 'tools' | 'sources'>;
}

export function createToolbox(business: BusinessProfile, nowMs: number): Toolbox {
  const tools: ReplyTrace['tools'] = [];
  const sources = new Map<string, ReplyTrace['sources'][number]>();

  function traced<T>(name: string, input: unknown, run: () => T, summary: (output: T) => unknown): T {
    const startedAt = performance.now();
    const output = run();
    tools.push({ name, input, output: summary(output), ms: Math.round(performance.now() - startedAt) });
    return output;
  }
  const noteCars = (cars: readonly Car[]): void => {
    for (const car of cars.slice(0, 10)) sources.set(car.id, { kind: 'car', id: car.id, title: `${car.brand} ${car.model}` });
  };

  return {
    searchCars: (query) =>
      traced(
        'search_cars',
        query,
        () => searchCars(business.cars, query),
        ({ cars, nearest }) => {
          noteCars(cars.length > 0 ? cars : (nearest?.cars ?? []));
          return {
            found: cars.length,
            ids: cars.slice(0, 10).map((car) => car.id),
            ...(nearest && { nearest: { found: nearest.cars.length, without: nearest.without } }),
          };
        },
      ),
    carById: (id) =>
      traced(
        'car_details',
        { id },
        () => business.cars.find((car) => car.id === id),
        (car) => {
          noteCars(car ? [car] : []);
          return { found: car !== undefined };
        },
      ),
    openState: () =>
      traced(
        'opening_hours',
        { at: 'now' },
        () => openState(business, nowMs),
        (state) => state,
      ),
    hoursFor: (days) =>
      traced(
        'opening_hours',
        { days },
        () => uniqueDays(days.flatMap((day) => daysAheadOf(business, nowMs, day))).map((daysAhead) => hoursOn(business, nowMs, daysAhead)),
        (found) => found,
      ),
    used: () => ({ tools, sources: [...sources.values()] }),
  };
}

function daysAheadOf(business: BusinessProfile, nowMs: number, day: DayMention): number[] {
  if (day.kind === 'now') return [0];
  if (day.kind === 'ahead') return [day.days];
  if (day.kind === 'weekday') return [daysUntil(business, nowMs, day.weekday)];
  return [daysUntil(business, nowMs, 6), daysUntil(business, nowMs, 0)];
}

const uniqueDays = (days: readonly number[]): number[] => [...new Set(days)].sort((a, b) => a - b);

import type { Car } from '#domain/business/profile';
import { isEmptyQuery } from '#domain/language/car-query';
import type { Scene } from './scene.ts';

/** The cars a message is about: by number in the last list, by name, or the one being talked about. */
export function targetCars({ understood, remembered, tools }: Scene): Car[] {
  const byId = (id: string | undefined): Car[] => {
    const car = id === undefined ? undefined : tools.carById(id);
    return car ? [car] : [];
  };
  const { ordinal } = understood.refersBack;
  if (ordinal !== undefined && remembered.shownIds.length > 0) return byId(remembered.shownIds[ordinal - 1]);
  if (!isEmptyQuery(understood.car)) return tools.searchCars(understood.car).cars;
  if (remembered.carId !== undefined) return byId(remembered.carId);
  return remembered.shownIds.flatMap((id) => byId(id));
}

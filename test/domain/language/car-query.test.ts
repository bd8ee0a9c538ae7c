import type { Car } from '#domain/business/profile';
import { carQueryIn, isEmptyQuery, modelKeyOf } from '#domain/language/car-query';
import { plainText } from '#domain/language/plain-text';
import { DEMO_CARS } from '#services/demo/demo-cars';

const looking = (text: string) => carQueryIn(plainText(text), DEMO_CARS, true);
const mentioning = (text: string) => carQueryIn(plainText(text), DEMO_CARS, false);

test.each([
  ['Volkswagen Golf', 'Volkswagen', 'golf'],
  ['een vw golf', 'Volkswagen', 'golf'],
  ['golf', 'Volkswagen', 'golf'],
  ['volkswage glof', 'Volkswagen', 'golf'],
  ['ID3', 'Volkswagen', 'id3'],
  ['id. 3', 'Volkswagen', 'id3'],
  ['peugot 208', 'Peugeot', '208'],
  ['Peugeot 2008', 'Peugeot', '2008'],
  ['Citroën C3', 'Citroën', 'c3'],
  ['een tesla model 3', 'Tesla', 'model3'],
  ['mercedes c class', 'Mercedes-Benz', 'cklasse'],
  ['bmw 3 series', 'BMW', '3serie'],
  ['een range rover evoque', 'Land Rover', 'evoque'],
  ['hyundai ioniq 5', 'Hyundai', 'ioniq5'],
])('%s is understood', (text, brand, key) => {
  expect(looking(text)).toMatchObject({ brand, model: { key } });
});

test('words that are also names of cars count only when somebody looks for a car', () => {
  expect(isEmptyQuery(mentioning('I will sum up the note and focus'))).toBe(true);
  expect(looking('een up').model?.key).toBe('up');
  expect(mentioning('vw up').model?.key).toBe('up');
  expect(mentioning('ik start om 8 uur').brand).toBeUndefined();
});

test('a generation, in digits or Roman, is a detail of the model', () => {
  expect(looking('golf 8 van 2020')).toMatchObject({ details: ['8'], year: { min: 2020, max: 2020 } });
  expect(looking('golf VII').details).toEqual(['7']);
  expect(looking('golf onder 8 duizend')).toMatchObject({ details: [], price: { max: 8_000 } });
});

test('fuel, city, order and what a listing does not tell', () => {
  expect(looking('de goedkoopste elektrische automaat in Utrecht')).toMatchObject({
    fuel: 'electric',
    city: 'Utrecht',
    first: 'cheapest',
    notInListing: ['gearbox'],
  });
  expect(looking('a plug-in hybrid, the newest you have')).toMatchObject({ fuel: 'hybrid', first: 'newest' });
});

test('the listing of a dealer who writes models in their own way is found by its everyday name', () => {
  const key = (brand: string, model: string) => modelKeyOf({ brand, model } as Car);

  expect(key('BMW', '320d Touring')).toBe('3serie');
  expect(key('Mercedes-Benz', 'A 180')).toBe('aklasse');
  expect(key('Tesla', 'Model Y Long Range')).toBe('modely');
  expect(key('Volkswagen', 'Golf 8 1.5 eTSI')).toBe('golf');
});

import { amountsIn } from '#domain/language/amounts';
import { plainText } from '#domain/language/plain-text';

const read = (text: string) => {
  const { price, year, maxMileageKm } = amountsIn(plainText(text));
  return { ...(price && { price }), ...(year && { year }), ...(maxMileageKm !== undefined && { maxMileageKm }) };
};

describe('a price', () => {
  test.each([
    ['onder de 15 duizend', { max: 15_000 }],
    ['max. 15k', { max: 15_000 }],
    ['tot €12.500,-', { max: 12_500 }],
    ['under £20,000', { max: 20_000 }],
    ['less than 8000', { max: 8_000 }],
    ['voor 9.950 euro', { max: 9_950 }],
    ['vijftienduizend euro', { max: 15_000 }],
    ['up to twenty thousand', { max: 20_000 }],
    ['mijn budget is 10 mille', { max: 10_000 }],
    ['vanaf 20.000 euro', { min: 20_000 }],
    ['more than 30k', { min: 30_000 }],
    ['tussen 10 en 15 duizend', { min: 10_000, max: 15_000 }],
    ['between £10k and £15k', { min: 10_000, max: 15_000 }],
    ['10-15k', { min: 10_000, max: 15_000 }],
    ['rond de 20.000', { min: 17_000, max: 23_000 }],
  ])('%s', (text, price) => {
    expect(read(`een auto ${text} graag`)).toEqual({ price });
  });
});

describe('a building year', () => {
  test.each([
    ['van 2020', { min: 2020, max: 2020 }],
    ['from 2020', { min: 2020, max: 2020 }],
    ['vanaf 2018', { min: 2018 }],
    ['2019 of nieuwer', { min: 2019 }],
    ['newer than 2019', { min: 2019 }],
    ['tussen 2018 en 2020', { min: 2018, max: 2020 }],
    ['2018 tot 2020', { min: 2018, max: 2020 }],
    ['2015 or older', { max: 2015 }],
    ['ouder dan 2015', { max: 2015 }],
  ])('%s', (text, year) => {
    expect(read(`een golf ${text}`)).toEqual({ year });
  });
});

test('a mileage is no price, in kilometres or in miles', () => {
  expect(read('minder dan 80.000 km')).toEqual({ maxMileageKm: 80_000 });
  expect(read('under 50,000 miles')).toEqual({ maxMileageKm: 80_467 });
});

test('several at once are kept apart', () => {
  expect(read('golf van 2019 tot 15.000 euro met max 100.000 km')).toEqual({ year: { min: 2019, max: 2019 }, price: { max: 15_000 }, maxMileageKm: 100_000 });
});

test('other numbers mean nothing', () => {
  for (const text of ['een golf 8 1.5 tsi', 'bel me op 0612345678', 'om 8 uur', 'kamer 12', 'ik ben 35 jaar']) expect(read(text)).toEqual({});
});

import { GROUPS, parseBenchArguments } from '../../bench/arguments.ts';
import { FULL, QUICK } from '../../bench/sizes.ts';

it('without options everything is measured in full', () => {
  expect(parseBenchArguments(['messaging'])).toEqual({ groups: GROUPS, sizes: FULL, isQuick: false, jsonPath: undefined, profiles: false });
});

it('--quick takes small sizes, and a size that is named wins over it', () => {
  const { sizes, isQuick } = parseBenchArguments(['messaging', '--quick', '--conversations', '25', '--late-turn', '60']);
  expect(isQuick).toBe(true);
  expect(sizes).toEqual({ ...QUICK, conversations: 25, lateTurn: 60 });
});

it('--only measures what is named, in the order that starts the fewest processes', () => {
  expect(parseBenchArguments(['messaging', '--only', 'turn, ack']).groups).toEqual(['ack', 'turn']);
});

it('--json and --profile are passed on', () => {
  expect(parseBenchArguments(['messaging', '--json', 'out.json', '--profile'])).toMatchObject({ jsonPath: 'out.json', profiles: true });
});

it.each([
  [[], 'there is one suite, "messaging"'],
  [['calls'], 'there is one suite, "messaging"'],
  [['messaging', 'calls'], 'there is one suite, "messaging"'],
  [['messaging', '--only', 'ack,speed'], 'not "speed"'],
  [['messaging', '--only', ''], '--only takes some of'],
  [['messaging', '--repeats', '0'], '--repeats takes a whole number from 1'],
  [['messaging', '--conversations', 'many'], 'not "many"'],
  [['messaging', '--late-turn', '5'], '--late-turn takes a whole number from 20'],
  [['messaging', '--slow'], '--slow'],
])('%j is refused, saying what is wrong', (args, words) => {
  expect(() => parseBenchArguments(args)).toThrow(words);
});

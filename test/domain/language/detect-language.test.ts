import { detectLanguage } from '#domain/language/detect-language';

test.each([
  'Hallo, ik zoek een auto',
  'Zijn jullie zaterdag open?',
  'Wat kost die?',
  'Goedemorgen',
  'Bedankt!',
  'heeft u nog winterbanden liggen',
  'kan ik morgen langskomen',
])('%s is Dutch', (text) => {
  expect(detectLanguage(text)?.language).toBe('nl');
});

test.each([
  'Hello, I am looking for a car',
  'Are you open on Saturday?',
  'How much is it?',
  'Thanks!',
  'Do you have an electric car under 30k?',
  'can someone call me tomorrow',
])('%s is English', (text) => {
  expect(detectLanguage(text)?.language).toBe('en');
});

test.each(['', '👍', 'Golf?', 'BMW X5', '12345', 'ok'])('%s tells nothing', (text) => {
  expect(detectLanguage(text)).toBeNull();
});

test('a clear sentence is more certain than a mixed one', () => {
  const clear = detectLanguage('ik zoek een mooie auto voor mijn vrouw')?.confidence ?? 0;
  const mixed = detectLanguage('ik zoek een car with automatic and leather')?.confidence ?? 0;

  expect(clear).toBeGreaterThan(mixed);
});

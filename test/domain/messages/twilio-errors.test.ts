import { knownTwilioErrors, OPTED_OUT_CODE, OUTSIDE_WINDOW_CODE, ruleForTwilioError } from '#domain/messages/twilio-errors';

test('what may be sent again, and when, follows the code', () => {
  expect(ruleForTwilioError(20429).policy).toBe('retry');
  expect(ruleForTwilioError(21611).policy).toBe('retry_later');
  expect(ruleForTwilioError(20500).policy).toBe('unknown');
  expect(ruleForTwilioError(20003).policy).toBe('credentials');
  expect(ruleForTwilioError(21606).policy).toBe('business');
  expect(ruleForTwilioError(21211).policy).toBe('permanent');
  expect(ruleForTwilioError(OPTED_OUT_CODE).policy).toBe('opted_out');
  expect(ruleForTwilioError(OUTSIDE_WINDOW_CODE).policy).toBe('window');
});

test('a code nobody has judged, and none at all, ends the message and still has words', () => {
  for (const code of [undefined, 0, 99_999])
    expect(ruleForTwilioError(code)).toEqual({ policy: 'permanent', words: { en: 'Twilio refused the message.', nl: 'Twilio weigerde het bericht.' } });
});

test('every known code is explained to staff in both languages, in one sentence', () => {
  expect(knownTwilioErrors().length).toBeGreaterThanOrEqual(86);
  expect(new Set(knownTwilioErrors()).size).toBe(knownTwilioErrors().length);
  for (const code of knownTwilioErrors()) {
    const { words } = ruleForTwilioError(code);
    for (const sentence of [words.en, words.nl]) expect(sentence).toMatch(/^\p{Lu}[^\n]{10,110}\.$/u);
  }
});

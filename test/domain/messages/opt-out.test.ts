import fc from 'fast-check';
import { optOutAnswer, optOutRequestOf } from '#domain/messages/opt-out';

describe('somebody who wants no more messages', () => {
  test.each([
    'STOP',
    'stop',
    ' Stop! ',
    '*STOP*',
    '«stop»',
    'Stop 🛑',
    'ＳＴＯＰ',
    'afmelden',
    'Uitschrijven.',
    'meld mij af',
    'Stoppen a.u.b.',
    'stop alsjeblieft',
    'please stop',
    'unsubscribe',
    'opt-out',
    'geen berichten meer',
  ])('is heard on WhatsApp: %s', (text) => {
    expect(optOutRequestOf('whatsapp', text)).toMatchObject({ wish: 'stop', confirm: true, isOrdinaryOtherwise: false });
  });

  test.each([
    'Stop er maar mee, ik kom dinsdag',
    'kunt u stoppen bij de garage?',
    'cancel',
    'CANCEL',
    'End',
    'yes',
    'Info',
    'de bushalte heet stop',
    'stopstop',
    '',
    '🛑',
    '__proto__',
    'constructor',
    'stop '.repeat(30),
  ])('is not assumed on WhatsApp from: %s', (text) => {
    expect(optOutRequestOf('whatsapp', text)).toBeNull();
  });

  test('on SMS Twilio acts on its own words and answers them, so we only write it down', () => {
    for (const text of ['STOP', ' stop ', 'Cancel', 'END', 'quit', 'unsubscribe'])
      expect(optOutRequestOf('sms', text)).toMatchObject({ wish: 'stop', confirm: false });
  });

  test('on SMS we act on what Twilio does not know: Dutch words, punctuation, politeness', () => {
    for (const text of ['Afmelden', 'STOP!', 'stop aub']) expect(optOutRequestOf('sms', text)).toMatchObject({ wish: 'stop', confirm: true });
  });

  test('has nothing to unsubscribe from on web chat', () => {
    expect(optOutRequestOf('web', 'STOP')).toBeNull();
  });
});

describe('somebody who wants messages again', () => {
  test('says start or aanmelden', () => {
    expect(optOutRequestOf('whatsapp', 'START')).toMatchObject({ wish: 'start', language: 'en', confirm: true });
    expect(optOutRequestOf('whatsapp', 'Aanmelden')).toMatchObject({ wish: 'start', language: 'nl', isOrdinaryOtherwise: true });
    expect(optOutRequestOf('sms', 'start')).toMatchObject({ wish: 'start', confirm: false });
  });

  test('may say yes on SMS, which is an ordinary answer from anybody else', () => {
    expect(optOutRequestOf('sms', 'Yes')).toMatchObject({ wish: 'start', isOrdinaryOtherwise: true });
  });
});

test('help is answered by us on WhatsApp and by Twilio on SMS', () => {
  expect(optOutRequestOf('whatsapp', 'Help')).toMatchObject({ wish: 'help', confirm: true });
  expect(optOutRequestOf('sms', 'INFO')).toMatchObject({ wish: 'help', confirm: false });
});

test('the answer is in the language of the word, names the business and the way back', () => {
  expect(optOutAnswer('stop', 'nl', 'De Vries')).toMatch(/De Vries.*START/);
  expect(optOutAnswer('stop', 'en', 'De Vries')).toMatch(/De Vries.*START/);
  expect(optOutAnswer('help', 'nl', 'De Vries')).toMatch(/STOP/);
  expect(optOutAnswer('help', 'en', 'De Vries')).toMatch(/STOP/);
  for (const language of ['nl', 'en'] as const) expect(optOutAnswer('start', language, 'De Vries')).toContain('De Vries');
});

test('any text is read without trouble, and a text of several sentences is never a wish', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (text) => {
      const request = optOutRequestOf('sms', text);
      if (text.length > 60) expect(request).toBeNull();
    }),
  );
});

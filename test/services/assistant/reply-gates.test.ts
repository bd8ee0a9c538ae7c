import type { Reply } from '#domain/assistant/assistant.port';
import { passGates } from '#services/assistant/reply-gates';

const saying = (text: string | null): Reply => ({
  text,
  intent: 'x',
  confidence: 0.5,
  actions: [],
  memory: {},
  trace: { assistant: 'openai', language: 'nl', tools: [], sources: [], ms: 0 },
});

test('control characters never reach a customer', () => {
  expect(passGates(saying('Hal\u0000lo\u001b[31m\r\ndaar'), 'sms')?.text).toBe('Hallo[31m\ndaar');
});

test('an answer longer than one message ends at a sentence', () => {
  const text = passGates(saying('Dit is een zin. '.repeat(200)), 'whatsapp')?.text ?? '';

  expect(text.length).toBeLessThanOrEqual(1_600);
  expect(text).toMatch(/zin\.$/);
});

test('silence is a decision, emptiness is not', () => {
  expect(passGates(saying(null), 'web')).toEqual(saying(null));
  for (const text of ['', ' \n', '…', '\u0007']) expect(passGates(saying(text), 'web')).toBeNull();
  expect(passGates(saying('👍'), 'web')?.text).toBe('👍');
});

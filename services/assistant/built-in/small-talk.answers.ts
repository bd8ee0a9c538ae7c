import { insertedValue } from '#domain/messages/outbound-text';
import { appointmentRequest, humanPlease, messagePassedOn, stillNotUnderstood } from './hand-over.answers.ts';
import type { Answer, Scene } from './scene.ts';
import { inWords } from './scene.ts';
import { openSentence } from './wording.ts';

export function greeting(scene: Scene): Answer {
  const { context, tools, isFirstContact, language } = scene;
  const hello = greetingWord(scene);
  if (!isFirstContact)
    return {
      text: inWords(scene, `${hello} Waar kan ik u mee helpen?`, `${hello} What can I help you with?`),
      intent: 'greeting',
      remembered: { misunderstandings: 0 },
    };

  const name = insertedValue(context.channel, context.business.name);
  const state = tools.openState();
  const closed = state.isOpen
    ? ''
    : inWords(scene, ` ${openSentence(language, state)} Ik help u graag alvast verder.`, ` ${openSentence(language, state)} I am glad to help you meanwhile.`);
  const text = inWords(
    scene,
    `${hello} U schrijft met de digitale assistent van ${name}.${closed} ${opener(scene)}`,
    `${hello} You are writing with the digital assistant of ${name}.${closed} ${opener(scene)}`,
  );
  return { text, intent: 'greeting', quickReplies: openers(scene), remembered: { misunderstandings: 0 } };
}

/** "Hallo Jan!" when the customer's profile tells a plausible first name. */
export function greetingWord(scene: Scene): string {
  const first = scene.context.customerName?.trim().split(/\s+/)[0] ?? '';
  const name = /^\p{Lu}\p{L}{1,19}$/u.test(first) ? ` ${first}` : '';
  return inWords(scene, `Hallo${name}!`, `Hello${name}!`);
}

export function thanks(scene: Scene): Answer {
  return {
    text: inWords(
      scene,
      'Graag gedaan! Heeft u nog een vraag, stuur dan gerust een bericht.',
      'You are welcome! If you have another question, just send a message.',
    ),
    intent: 'thanks',
    remembered: { misunderstandings: 0 },
  };
}

export function goodbye(scene: Scene): Answer {
  return { text: inWords(scene, 'Tot ziens, en nog een fijne dag!', 'Goodbye, and have a nice day!'), intent: 'goodbye', remembered: { misunderstandings: 0 } };
}

export function aboutAssistant(scene: Scene): Answer {
  const name = insertedValue(scene.context.channel, scene.context.business.name);
  return {
    text: inWords(
      scene,
      `Ik ben de digitale assistent van ${name}, geen mens. Ik help met ${subjects(scene)}. Wilt u liever een collega spreken, zeg het dan gerust.`,
      `I am the digital assistant of ${name}, not a person. I can help with ${subjects(scene)}. If you would rather speak to a colleague, just say so.`,
    ),
    intent: 'about_assistant',
    quickReplies: [humanButton(scene)],
    remembered: { misunderstandings: 0 },
  };
}

export function languageRequest(scene: Scene): Answer {
  return {
    text: inWords(scene, `Natuurlijk, in het Nederlands. ${opener(scene)}`, `Of course, in English. ${opener(scene)}`),
    intent: 'language_request',
    remembered: { misunderstandings: 0 },
  };
}

export function yes(scene: Scene): Answer {
  if (scene.remembered.offered === 'hand_over') return { ...humanPlease(scene), intent: 'yes' };
  if (scene.remembered.offered === 'appointment') return { ...appointmentRequest(scene), intent: 'yes' };
  return {
    text: inWords(scene, 'Fijn! Waar kan ik u verder mee helpen?', 'Great! What else can I help you with?'),
    intent: 'yes',
    remembered: { misunderstandings: 0 },
  };
}

export function no(scene: Scene): Answer {
  return {
    text: inWords(scene, 'Prima. Als er nog iets is, hoor ik het graag.', 'All right. If there is anything else, just let me know.'),
    intent: 'no',
    remembered: { misunderstandings: 0 },
  };
}

/** The first time an honest question back, the second time a colleague. */
export function notUnderstood(scene: Scene): Answer {
  if (scene.remembered.misunderstandings >= 1) return stillNotUnderstood(scene);
  const words = scene.context.turn.flatMap(({ text }) => text.trim().split(/\s+/));
  if (scene.context.business.cars.length === 0 && words.length >= 4) return messagePassedOn(scene);
  return {
    text: inWords(
      scene,
      `Dat begrijp ik niet helemaal. Ik kan u helpen met ${subjects(scene)}. Of zal ik een collega vragen om mee te kijken?`,
      `I am not sure I understand. I can help you with ${subjects(scene)}. Or shall I ask a colleague to have a look?`,
    ),
    intent: 'out_of_scope',
    confidence: 0.2,
    quickReplies: [humanButton(scene)],
    remembered: { misunderstandings: scene.remembered.misunderstandings + 1, offered: 'hand_over' },
  };
}

/** Something arrived that holds no words: a contact card, a place, a sticker. */
export function unreadable(scene: Scene): Answer {
  return {
    text: inWords(
      scene,
      'Dit soort bericht kan ik niet lezen. Kunt u het in woorden vertellen?',
      'I cannot read this kind of message. Could you tell me in words?',
    ),
    intent: 'unreadable',
    confidence: 0.5,
    quickReplies: [humanButton(scene)],
  };
}

function subjects(scene: Scene): string {
  if (scene.context.business.cars.length > 0) return inWords(scene, "onze auto's, prijzen en openingstijden", 'our cars, prices and opening hours');
  return inWords(scene, 'onze openingstijden, ons adres en het doorgeven van uw vraag', 'our opening hours, our address and passing on your question');
}

function opener(scene: Scene): string {
  if (scene.context.business.cars.length > 0)
    return inWords(scene, 'Zoekt u een auto, of heeft u een andere vraag?', 'Are you looking for a car, or do you have another question?');
  return inWords(scene, 'Waar kan ik u mee helpen?', 'What can I help you with?');
}

function openers(scene: Scene) {
  const cars = scene.context.business.cars.length > 0 ? [{ label: inWords(scene, "Auto's bekijken", 'See cars'), payload: 'cars' }] : [];
  return [...cars, { label: inWords(scene, 'Openingstijden', 'Opening hours'), payload: 'hours' }, humanButton(scene)];
}

const humanButton = (scene: Scene) => ({ label: inWords(scene, 'Collega spreken', 'Speak to someone'), payload: 'human' });

import type { Assistant, Reply, ReplyContext } from '#domain/assistant/assistant.port';
import type { Language } from '#domain/language/detect-language';
import type { Intent } from '#domain/language/intent-phrases';
import type { Understanding } from '#domain/language/understand';
import { understand } from '#domain/language/understand';
import { carChosen, carDetails, carSearch, priceQuestion } from './car.answers.ts';
import { appointmentRequest, complaint, humanPlease, pictureReceived, sellerAssistance, serviceRequest } from './hand-over.answers.ts';
import { address, openingHours } from './hours.answers.ts';
import type { Remembered } from './memory.ts';
import { remember, toMemory } from './memory.ts';
import type { Answer, Scene } from './scene.ts';
import { aboutAssistant, goodbye, greeting, greetingWord, languageRequest, no, notUnderstood, thanks, unreadable, yes } from './small-talk.answers.ts';
import { createToolbox } from './toolbox.ts';

/**
 * Answers by rules, in Dutch and English, without any account. It says only what the business's own data says,
 * and brings in a colleague when asked, when the subject needs one, or when it misunderstood twice.
 */
export function createBuiltInAssistant(): Assistant {
  return {
    name: 'built-in',
    async reply(context) {
      context.signal.throwIfAborted();
      const startedAt = performance.now();
      const scene = sceneOf(context);
      return replyOf(scene, answerTo(scene), startedAt);
    },
  };
}

const ANSWERS: Record<Intent, (scene: Scene) => Answer> = {
  complaint,
  human_please: humanPlease,
  service_request: serviceRequest,
  appointment_request: appointmentRequest,
  seller_assistance: sellerAssistance,
  price_question: priceQuestion,
  car_details: carDetails,
  car_search: carSearch,
  opening_hours: openingHours,
  address,
  about_assistant: aboutAssistant,
  language_request: languageRequest,
  thanks,
  goodbye,
  yes,
  no,
  greeting,
  out_of_scope: notUnderstood,
};

function sceneOf(context: ReplyContext): Scene {
  const text = context.turn
    .map((message) => message.text.trim())
    .filter((line) => line !== '')
    .join('\n');
  const understood = understand(text, context.business.cars);
  const remembered = remember(context.memory);
  return {
    context,
    understood,
    remembered,
    language: languageOf(understood, remembered, context),
    tools: createToolbox(context.business, context.nowMs),
    isFirstContact: !context.history.some((message) => message.role === 'assistant'),
  };
}

/** One clear sentence sets the language; a doubtful one does not change the one being spoken. */
function languageOf({ language, intents }: Understanding, remembered: Remembered, { business, turn }: ReplyContext): Language {
  if (intents.includes('language_request')) return turn.some(({ text }) => /engels|english/i.test(text)) ? 'en' : 'nl';
  if (language && (language.confidence >= 0.75 || remembered.language === undefined)) return language.language;
  return remembered.language ?? business.locale;
}

function answerTo(scene: Scene): Answer {
  const { context, understood, remembered } = scene;
  const payload = context.turn.findLast((message) => message.buttonPayload !== undefined)?.buttonPayload;
  const chosen = payload === undefined ? undefined : answerToButton(scene, payload);
  if (chosen) return chosen;

  const hasWords = context.turn.some((message) => message.text.trim() !== '');
  if (context.turn.some((message) => message.media > 0) && (!hasWords || understood.intents[0] === 'out_of_scope')) return pictureReceived(scene);
  if (!hasWords) return unreadable(scene);
  if (understood.isWordless) return answerToEmoji(scene);

  const isPick = understood.refersBack.ordinal !== undefined && remembered.shownIds.length > 0;
  if (isPick && (understood.intents[0] === 'out_of_scope' || understood.intents[0] === 'car_search')) return { ...carDetails(scene), confidence: 0.8 };
  return answerToIntents(scene, understood.intents);
}

/** The most important wish, and a second one where both can be answered in one message. */
function answerToIntents(scene: Scene, [first = 'out_of_scope', ...others]: readonly Intent[]): Answer {
  const answer = ANSWERS[first](scene);
  const second = others.find((intent) => (intent === 'opening_hours' || intent === 'address') && intent !== first);
  const added = second && !hasHandOver(answer) ? ANSWERS[second](scene) : undefined;
  const hello = others.includes('greeting') && scene.isFirstContact ? `${greetingWord(scene)} ` : '';
  if (answer.text === null) return answer;
  return { ...answer, text: hello + [answer.text, added?.text].filter(Boolean).join('\n\n'), actions: [...(answer.actions ?? []), ...(added?.actions ?? [])] };
}

const hasHandOver = ({ actions = [] }: Answer): boolean => actions.some((action) => action.type === 'hand_over');

function answerToButton(scene: Scene, payload: string): Answer | undefined {
  if (payload === 'human') return humanPlease(scene);
  if (payload === 'hours') return openingHours({ ...scene, understood: { ...scene.understood, days: [] } });
  if (payload === 'appointment') return appointmentRequest(scene);
  if (payload === 'cars') return carSearch({ ...scene, understood: { ...scene.understood, car: { details: [], notInListing: [] } } });
  if (payload.startsWith('car:')) return carChosen(scene, payload.slice('car:'.length));
  const brand = payload.startsWith('brand:') ? scene.context.business.cars.find((car) => car.brand === payload.slice('brand:'.length))?.brand : undefined;
  return brand === undefined ? undefined : carSearch({ ...scene, understood: { ...scene.understood, car: { brand, details: [], notInListing: [] } } });
}

const AGREEABLE = /[\u{1F44D}\u{1F44C}\u{1F64F}\u{2764}\u{1F60A}\u{1F600}-\u{1F606}\u{1F642}\u{1F44F}\u{2705}\u{1F389}\u{1F60D}]/u;

/** A thumb is a yes to an offer, and otherwise the end of a subject; other pictures are a question we cannot read. */
function answerToEmoji(scene: Scene): Answer {
  if (scene.isFirstContact) return greeting(scene);
  const text = scene.context.turn.map((message) => message.text).join('');
  if (!AGREEABLE.test(text)) return unreadable(scene);
  return scene.remembered.offered === undefined ? { text: null, intent: 'reaction', confidence: 0.8 } : yes(scene);
}

function replyOf(scene: Scene, answer: Answer, startedAt: number): Reply {
  const { context, language, remembered, understood, tools } = scene;
  const isNewLanguage = remembered.language !== language;
  const next: Remembered = { ...remembered, offered: undefined, ...answer.remembered, language };
  return {
    text: answer.text,
    ...(answer.quickReplies?.length && { quickReplies: answer.quickReplies }),
    intent: answer.intent,
    confidence: answer.confidence ?? understood.confidence,
    actions: [...(answer.actions ?? []), ...(isNewLanguage ? [{ type: 'mark_language' as const, language }] : [])],
    memory: withoutUndefined(toMemory(context.memory, next)),
    trace: { assistant: 'built-in', language, ...tools.used(), ms: Math.round(performance.now() - startedAt) },
  };
}

/** Memory is plain JSON: what is absent is not there. */
const withoutUndefined = (memory: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(memory).filter(([, value]) => value !== undefined));

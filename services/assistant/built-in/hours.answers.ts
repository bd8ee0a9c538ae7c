import { insertedValue } from '#domain/messages/outbound-text';
import { colleagueKnows } from './hand-over.answers.ts';
import type { Answer, Scene } from './scene.ts';
import { inWords } from './scene.ts';
import { dayHoursSentence, openSentence, weekText } from './wording.ts';

/** The day asked about, or now and the whole week; always from the business's own hours. */
export function openingHours(scene: Scene): Answer {
  const { understood, tools, language, context } = scene;
  const { hours } = context.business;
  if (Object.values(hours).every((intervals) => intervals.length === 0)) {
    return colleagueKnows(
      scene,
      'opening_hours',
      'Onze openingstijden heb ik niet bij de hand; een collega laat het u weten.',
      'I do not have our opening hours at hand; a colleague will let you know.',
    );
  }
  const asksAboutNow = understood.days.length === 0 || understood.days.some((day) => day.kind === 'now');
  const days = tools.hoursFor(understood.days.filter((day) => day.kind !== 'now'));
  const parts = [...(asksAboutNow ? [openSentence(language, tools.openState())] : []), ...days.map((day) => dayHoursSentence(language, day))];
  const week = understood.days.length === 0 ? `\n\n${inWords(scene, 'Onze openingstijden:', 'Our opening hours:')}\n${weekText(language, hours)}` : '';
  return { text: parts.join(' ') + week, intent: 'opening_hours', remembered: { misunderstandings: 0 } };
}

export function address(scene: Scene): Answer {
  const { business, channel } = scene.context;
  if (!business.address)
    return colleagueKnows(
      scene,
      'address',
      'Ons adres heb ik niet bij de hand; een collega stuurt het u.',
      'I do not have our address at hand; a colleague will send it to you.',
    );
  const place = insertedValue(channel, business.address);
  return {
    text: `${inWords(scene, `U vindt ons hier: ${place}.`, `You can find us here: ${place}.`)} ${openSentence(scene.language, scene.tools.openState())}`,
    intent: 'address',
    remembered: { misunderstandings: 0 },
  };
}

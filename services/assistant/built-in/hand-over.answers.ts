import type { Answer, Scene } from './scene.ts';
import { inWords } from './scene.ts';
import { targetCars } from './target-cars.ts';
import { carName, openSentence } from './wording.ts';

/** Answers that bring in a colleague; from then on a person writes until they hand back. */

export function humanPlease(scene: Scene): Answer {
  return handOver(
    scene,
    'human_please',
    'asked',
    inWords(scene, 'Natuurlijk, ik vraag een collega om u verder te helpen.', 'Of course, I will ask a colleague to help you further.'),
  );
}

export function complaint(scene: Scene): Answer {
  return handOver(
    scene,
    'complaint',
    'policy',
    inWords(
      scene,
      'Wat vervelend om te horen, dat spijt me. Ik haal er een collega bij om dit goed op te lossen.',
      'I am sorry to hear that. I am bringing in a colleague to put this right.',
    ),
  );
}

export function appointmentRequest(scene: Scene): Answer {
  const [car, ...others] = targetCars(scene);
  const about =
    car && others.length === 0 ? inWords(scene, ` voor de ${carName(scene.context.channel, car)}`, ` for the ${carName(scene.context.channel, car)}`) : '';
  return handOver(
    scene,
    'appointment_request',
    'policy',
    inWords(
      scene,
      `Leuk, een afspraak${about}. Welke dag en welk tijdstip komen u het beste uit? Een collega kijkt in de agenda en bevestigt de afspraak hier.`,
      `Happy to arrange an appointment${about}. Which day and time suit you best? A colleague will check the diary and confirm it here.`,
    ),
  );
}

export function serviceRequest(scene: Scene): Answer {
  return handOver(
    scene,
    'service_request',
    'policy',
    inWords(
      scene,
      'Vervelend, daar kijken we graag snel naar. Ik geef het meteen door aan een collega. Stuurt u alvast uw naam en wat er precies aan de hand is?',
      'That sounds unpleasant; we would like to look at it soon. I am passing it on to a colleague right away. Could you send your name and what exactly is wrong?',
    ),
  );
}

export function sellerAssistance(scene: Scene): Answer {
  return handOver(
    scene,
    'seller_assistance',
    'policy',
    inWords(
      scene,
      'U wilt uw auto verkopen of inruilen: daar kijkt een collega graag naar. Stuurt u alvast merk, model, bouwjaar en kilometerstand?',
      'You would like to sell or trade in your car: a colleague will gladly have a look. Could you send the make, model, year and mileage?',
    ),
  );
}

export function pictureReceived(scene: Scene): Answer {
  return handOver(
    scene,
    'media',
    'policy',
    inWords(
      scene,
      'Bedankt! Een foto, video of spraakbericht kan ik zelf niet bekijken, dus een collega kijkt ernaar.',
      'Thank you! I cannot look at photos, videos or voice notes myself, so a colleague will.',
    ),
  );
}

/** For a trade whose customers describe work, a longer message is a job for a person, understood or not. */
export function messagePassedOn(scene: Scene): Answer {
  const answer = handOver(
    scene,
    'out_of_scope',
    'unsure',
    inWords(scene, 'Dank u, ik geef uw bericht door aan een collega.', 'Thank you, I am passing your message on to a colleague.'),
  );
  return { ...answer, confidence: 0.3 };
}

export function stillNotUnderstood(scene: Scene): Answer {
  const answer = handOver(
    scene,
    'out_of_scope',
    'unsure',
    inWords(
      scene,
      'Ik begrijp uw vraag helaas niet goed genoeg. Ik vraag een collega om mee te kijken, zodat u een goed antwoord krijgt.',
      'I am afraid I do not understand your question well enough. I am asking a colleague to have a look, so that you get a proper answer.',
    ),
  );
  return { ...answer, confidence: 0.2 };
}

export function colleagueKnows(scene: Scene, intent: string, nl: string, en: string): Answer {
  return handOver(scene, intent, 'policy', inWords(scene, nl, en));
}

function handOver(scene: Scene, intent: string, reason: 'asked' | 'unsure' | 'policy', text: string): Answer {
  const state = scene.tools.openState();
  const when = state.isOpen
    ? inWords(scene, 'U krijgt hier zo snel mogelijk antwoord.', 'You will get an answer here as soon as possible.')
    : openSentence(scene.language, state);
  return { text: `${text} ${when}`, intent, actions: [{ type: 'hand_over', reason }], remembered: { misunderstandings: 0 } };
}

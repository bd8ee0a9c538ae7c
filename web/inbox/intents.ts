import type { Messages } from '../i18n/messages.ts';

type KnownIntent = keyof Messages['inbox']['intent'];

const KNOWN: Record<KnownIntent, true> = {
  greeting: true,
  thanks: true,
  goodbye: true,
  opening_hours: true,
  address: true,
  car_search: true,
  car_details: true,
  price_question: true,
  appointment_request: true,
  service_request: true,
  seller_assistance: true,
  human_please: true,
  complaint: true,
  about_assistant: true,
  language_request: true,
  yes: true,
  no: true,
  out_of_scope: true,
  opt_out: true,
  opt_in: true,
  fallback: true,
};

/** Intents we have words for; a model may name others, which are shown as they are. */
export const isKnownIntent = (intent: string): intent is KnownIntent => Object.hasOwn(KNOWN, intent);

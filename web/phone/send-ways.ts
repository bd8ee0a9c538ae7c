import { sendFromPhone } from './simulator.queries.ts';
import type { InboundMessage } from './simulator.types.ts';

type Envelope = Omit<InboundMessage, 'body'>;

const BURSTS: Record<'nl' | 'en', readonly string[]> = {
  nl: ['Hoi', 'Ik zoek een auto', 'Liefst een Volkswagen Golf', 'Benzine, vanaf 2018', 'Hebben jullie die?'],
  en: ['Hi', 'I am looking for a car', 'Preferably a Volkswagen Golf', 'Petrol, 2018 or newer', 'Do you have one?'],
};
const OUT_OF_ORDER: Record<'nl' | 'en', readonly [string, string]> = {
  nl: ['Zijn jullie zaterdag open?', 'En zondag?'],
  en: ['Are you open on Saturday?', 'And on Sunday?'],
};

/** Five messages in a breath: one reply should answer them all. */
export async function sendBurst(envelope: Envelope, language: 'nl' | 'en'): Promise<void> {
  for (const body of BURSTS[language]) await sendFromPhone({ ...envelope, body });
}

/** One message whose webhook comes twice at the same moment: one reply should follow. */
export const sendTwice = (envelope: Envelope, body: string) => sendFromPhone({ ...envelope, body, times: 2 });

/** Two messages whose webhooks arrive the other way round: the thread should still read in the order they were written. */
export async function sendOutOfOrder(envelope: Envelope, language: 'nl' | 'en'): Promise<void> {
  const [first, second] = OUT_OF_ORDER[language];
  const late = await sendFromPhone({ ...envelope, body: first, skipWebhook: true });
  await sendFromPhone({ ...envelope, body: second });
  await sendFromPhone({ ...envelope, body: first, messageSid: late.messageSid });
}

import type { Reply, ReplyContext } from '#domain/assistant/assistant.port';
import { detectLanguage } from '#domain/language/detect-language';

/** The last resort: an honest acknowledgement, and a colleague takes it from there. */
const FALLBACK_TEXTS = {
  nl: 'Bedankt voor uw bericht. Ik kan nu zelf geen goed antwoord geven; een collega komt er zo snel mogelijk bij u op terug.',
  en: 'Thank you for your message. I cannot give you a good answer myself just now; a colleague will get back to you as soon as possible.',
} as const;

/** Needs nothing that can fail, and takes no time. `reason` is for the trace. */
export function fallbackReply({ business, turn, memory }: ReplyContext, reason: string): Reply {
  const known = memory['language'];
  const language = known === 'nl' || known === 'en' ? known : (detectLanguage(turn.map(({ text }) => text).join('\n'))?.language ?? business.locale);
  return {
    text: FALLBACK_TEXTS[language],
    intent: 'fallback',
    confidence: 0,
    actions: [{ type: 'hand_over', reason: 'unsure' }],
    memory,
    trace: { assistant: 'fallback', language, tools: [], sources: [], ms: 0, fallbackReason: reason },
  };
}

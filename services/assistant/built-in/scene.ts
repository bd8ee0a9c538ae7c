import type { AssistantAction, QuickReply, ReplyContext } from '#domain/assistant/assistant.port';
import type { Language } from '#domain/language/detect-language';
import type { Understanding } from '#domain/language/understand';
import type { Remembered } from './memory.ts';
import type { Toolbox } from './toolbox.ts';

/** Everything an answer may look at. */
export interface Scene {
  context: ReplyContext;
  language: Language;
  understood: Understanding;
  remembered: Remembered;
  tools: Toolbox;
  /** The assistant has not said anything in this session yet. */
  isFirstContact: boolean;
}

export interface Answer {
  text: string | null;
  intent: string;
  /** Defaults to how sure the reading of the message was. */
  confidence?: number;
  actions?: AssistantAction[];
  quickReplies?: QuickReply[];
  /** What to remember differently; everything else stays, except an offer, which lives for one turn. */
  remembered?: Partial<Remembered>;
}

/** The same sentence in the customer's language. */
export const inWords = ({ language }: Pick<Scene, 'language'>, nl: string, en: string): string => (language === 'nl' ? nl : en);

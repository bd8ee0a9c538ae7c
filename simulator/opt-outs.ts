const STOP_WORDS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const START_WORDS = new Set(['START', 'YES', 'UNSTOP']);
const HELP_WORDS = new Set(['HELP', 'INFO']);

export type OptOutType = 'STOP' | 'START' | 'HELP';

/** The keyword a text message is, whole and in any case; a word inside a sentence is none. */
export function optOutWord(body: string): OptOutType | undefined {
  const word = body.trim().toUpperCase();
  if (STOP_WORDS.has(word)) return 'STOP';
  if (START_WORDS.has(word)) return 'START';
  return HELP_WORDS.has(word) ? 'HELP' : undefined;
}

const REPLIES: Readonly<Record<OptOutType, string>> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START: 'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

export interface OptOuts {
  has(customer: string, sender: string): boolean;
  list(): { customer: string; sender: string }[];
  /**
   * What an SMS means for the subscription, and what Twilio itself answers, if anything. YES and START of someone who
   * never left mean nothing to Twilio, and neither does HELP of someone who did.
   */
  receive(customer: string, sender: string, body: string): { type: OptOutType; reply?: string } | undefined;
  clear(): void;
}

export function createOptOuts(): OptOuts {
  const left = new Map<string, { customer: string; sender: string }>();
  const key = (customer: string, sender: string) => `${customer} ${sender}`;
  return {
    has: (customer, sender) => left.has(key(customer, sender)),
    list: () => [...left.values()],
    receive(customer, sender, body) {
      const type = optOutWord(body);
      if (type === undefined) return undefined;
      const wasOut = left.has(key(customer, sender));
      if (type === 'STOP') {
        left.set(key(customer, sender), { customer, sender });
        return wasOut ? { type } : { type, reply: REPLIES.STOP };
      }
      if (type === 'START') {
        left.delete(key(customer, sender));
        return wasOut ? { type, reply: REPLIES.START } : { type };
      }
      return wasOut ? { type } : { type, reply: REPLIES.HELP };
    },
    clear: () => left.clear(),
  };
}

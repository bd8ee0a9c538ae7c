import { setCurrentDetails } from '@temporalio/workflow';
import type { ConversationState, LiveConversation } from './contracts/conversation.ts';
import { isWithMember } from './conversation.state.ts';

type Doing = LiveConversation['doing'];

const IN_WORDS: Record<Doing, string> = {
  idle: 'Nothing to do: waiting for the customer.',
  listening: 'The customer is writing: waiting until they pause.',
  thinking: 'The assistant is composing a reply.',
  sending: 'A message is being handed to the provider.',
  checking: 'A send has an unknown outcome: looking whether the provider has it before sending again.',
  waiting_for_member: 'A member owns the conversation and the customer waits for an answer.',
};

/** What the conversation does just now, for staff (query) and for operators (details in the Temporal Web UI). */
export class Stage {
  #doing: Doing = 'idle';

  is(doing: Doing, state: ConversationState): void {
    this.#doing = doing;
    setCurrentDetails(
      `${IN_WORDS[doing]}\n\nowner **${state.owner?.type ?? 'not loaded yet'}** · turns **${state.turns}** · waiting messages **${state.inbox.length}**`,
    );
  }

  describe(state: ConversationState): LiveConversation {
    return {
      owner: state.owner?.type ?? 'loading',
      ...(state.owner?.type === 'member' ? { memberId: state.owner.memberId } : {}),
      doing: this.#doing === 'idle' && isWithMember(state) && state.unansweredSinceMs !== undefined ? 'waiting_for_member' : this.#doing,
      waitingMessages: state.inbox.length,
      turns: state.turns,
      lastActivityAtMs: state.lastActivityAtMs,
      unansweredSinceMs: state.unansweredSinceMs,
    };
  }
}

import type { ConversationSteps } from './activities.ts';
import type { ChatAnswers } from './chat-answers.ts';
import type { ConversationRef } from './contracts/activities.ts';
import type { ConversationInput, ConversationState } from './contracts/conversation.ts';
import type { Stage } from './stage.ts';

/** What the parts of one conversation run share. */
export interface ConversationRun {
  input: ConversationInput;
  conversation: ConversationRef;
  state: ConversationState;
  answers: ChatAnswers;
  stage: Stage;
  steps: ConversationSteps;
}

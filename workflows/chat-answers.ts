import { condition } from '@temporalio/workflow';
import type { ChatAnswer } from './contracts/conversation.ts';

const ANSWERS_REMEMBERED = 20;

/** What browsers that wait for a reply are told; every message id gets one answer, however often it is asked about. */
export class ChatAnswers {
  readonly #given = new Map<string, ChatAnswer>();
  readonly #waiting = new Set<string>();

  /** Waits until the turn that covers this message is over. */
  async of(messageId: string): Promise<ChatAnswer> {
    this.#waiting.add(messageId);
    await condition(() => this.#given.has(messageId));
    return this.#given.get(messageId) ?? { state: 'again' };
  }

  /** Asked about before, in this run. */
  knows(messageId: string): boolean {
    return this.#waiting.has(messageId) || this.#given.has(messageId);
  }

  resolve(messageIds: readonly string[], answer: ChatAnswer): void {
    for (const messageId of messageIds) {
      if (!this.#waiting.delete(messageId)) continue;
      this.#given.set(messageId, answer);
    }
    // Map keeps insertion order, so the first keys are the oldest answers.
    for (const oldest of [...this.#given.keys()].slice(0, -ANSWERS_REMEMBERED)) this.#given.delete(oldest);
  }

  resolveAll(answer: ChatAnswer): void {
    this.resolve([...this.#waiting], answer);
  }
}

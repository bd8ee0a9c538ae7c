import type { Page } from '../api/api.types.ts';
import { get, post } from '../api/http.client.ts';
import type { ChatMessage, ChatSession, SendAnswer } from './chat.types.ts';

/** The server itself holds a send for up to 25 seconds. */
const SEND_TIMEOUT_MS = 40_000;
const AGAIN_LIMIT = 20;
const AGAIN_PAUSE_MS = 500;

const tokenKey = (businessId: string): string => `switchboard.chat.${businessId}`;

/** Resumes the visit this browser remembers, or begins one; a token the server no longer knows simply begins a new visit. */
export async function openSession(businessId: string): Promise<ChatSession> {
  const token = localStorage.getItem(tokenKey(businessId));
  const session = await post<ChatSession>('/api/chat/session', { businessId, ...(token ? { token } : {}) });
  localStorage.setItem(tokenKey(businessId), session.token);
  return session;
}

export const forgetSession = (businessId: string): void => localStorage.removeItem(tokenKey(businessId));

export const fetchHistory = (token: string, cursor: string | null): Promise<Page<ChatMessage>> =>
  get<Page<ChatMessage>>(`/api/chat/history${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, { bearer: token });

/**
 * Sends one message and waits for its answer; while the server says "again" the same id is submitted again, which is the same message.
 * After many of those `again` is returned: the message is kept, and its answer will come by the stream.
 */
export async function sendChatMessage(token: string, message: { messageId: string; text: string; buttonPayload?: string }): Promise<SendAnswer> {
  for (let attempt = 0; attempt < AGAIN_LIMIT; attempt += 1) {
    const answer = await post<SendAnswer>('/api/chat/send', message, { bearer: token, timeoutMs: SEND_TIMEOUT_MS });
    if (answer.state !== 'again') return answer;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_PAUSE_MS));
  }
  return { state: 'again', reply: null };
}

export const streamUrl = (token: string): string => `/api/chat/stream?token=${encodeURIComponent(token)}`;

import type { Role } from '../api/api.types.ts';

export interface ChatMessage {
  id: string;
  role: Role;
  text: string;
  quickReplies?: { label: string; payload: string }[];
  at: string;
}

export interface ChatSession {
  token: string;
  sessionId: string;
  conversationId: string;
  resumed: boolean;
  expiresAt: string;
  business: { name: string; locale: string };
  messages: ChatMessage[];
}

export type SendAnswer = { state: 'answered' | 'with_staff' | 'silent' | 'again'; reply: ChatMessage | null };

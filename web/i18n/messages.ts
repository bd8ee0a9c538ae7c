import type { chat } from './en/chat.messages.ts';
import type { inbox } from './en/inbox.messages.ts';
import type { phone } from './en/phone.messages.ts';
import type { shell } from './en/shell.messages.ts';

/** English is the pattern: every other language has the same keys, checked by the compiler and by a test. */
export interface Messages {
  shell: typeof shell;
  inbox: typeof inbox;
  phone: typeof phone;
  chat: typeof chat;
}

import type { Messages } from '../messages.ts';
import { chat } from './chat.messages.ts';
import { inbox } from './inbox.messages.ts';
import { phone } from './phone.messages.ts';
import { shell } from './shell.messages.ts';

export const nl: Messages = { shell, inbox, phone, chat };

import { z } from 'zod';
import type { InboundMessage } from '#domain/messages/inbound';
import type { FormFields } from './form-body.ts';

interface Contents {
  hasText: boolean;
  hasMedia: boolean;
  hasLocation: boolean;
  hasButton: boolean;
}

/** WhatsApp kinds nobody here can answer by what they hold; any other is judged by its contents. */
const UNSUPPORTED_TYPES: ReadonlySet<string> = new Set(['contacts', 'order', 'system', 'unknown', 'unsupported', 'ephemeral', 'request_welcome']);

export function inboundKindOf(fields: FormFields, { hasText, hasMedia, hasLocation, hasButton }: Contents): InboundMessage['kind'] {
  if (isGroupMessage(fields)) return 'group';
  const type = fields['MessageType']?.toLowerCase() ?? '';
  if (type === 'reaction') return 'reaction';
  if (hasButton) return 'button';
  if (hasMedia) return 'media';
  if (hasLocation) return 'location';
  if (hasText && !UNSUPPORTED_TYPES.has(type)) return 'text';
  return 'unsupported';
}

/** Group MMS names the other people; a WhatsApp group comes with its id, directly or in the channel's own metadata. */
function isGroupMessage(fields: FormFields): boolean {
  const names = Object.keys(fields);
  if (names.some((name) => /^OtherRecipients\d*$/.test(name) && fields[name] !== '')) return true;
  if (fields['GroupId'] || fields['From']?.endsWith('@g.us')) return true;
  return isGroupInMetadata(fields['ChannelMetadata']);
}

const ChannelMetadata = z.looseObject({ data: z.looseObject({ context: z.looseObject({ GroupId: z.string().optional(), group_id: z.string().optional() }) }) });

/** Metadata that cannot be read says nothing; it is never a reason to lose a message. */
function isGroupInMetadata(raw: string | undefined): boolean {
  if (!raw) return false;
  const parsed = z.string().transform(fromJson).pipe(ChannelMetadata).safeParse(raw);
  return parsed.success && Boolean(parsed.data.data.context.GroupId || parsed.data.data.context.group_id);
}

function fromJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

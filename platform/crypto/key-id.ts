import type { BusinessId, CustomerId } from '#domain/ids';

/** Ids of keys say what they open, so that a key can be found from what it sealed. */
export const businessKeyId = (businessId: string): string => `b:${businessId}`;
export const secretId = (businessId: string): string => `s:${businessId}`;
export const customerKeyId = (businessId: BusinessId, customerId: CustomerId): string => `c:${businessId}:${customerId}`;
export const epochKeyId = (businessId: string, week: string): string => `e:${businessId}:${week}`;

export interface ParsedKeyId {
  kind: 'business' | 'secret' | 'customer' | 'epoch';
  businessId: string;
}

const KINDS = { b: 'business', s: 'secret', c: 'customer', e: 'epoch' } as const;
const SHAPE = /^([bsce]):([\w-]{1,64})(?::([\w-]{1,64}))?$/;

/** undefined for anything that is not the id of a key of ours. */
export function parseKeyId(id: string): ParsedKeyId | undefined {
  const match = SHAPE.exec(id);
  const letter = match?.[1] as keyof typeof KINDS | undefined;
  const businessId = match?.[2];
  if (!match || !letter || !businessId) return undefined;
  const hasSubject = match[3] !== undefined;
  return hasSubject === (letter === 'c' || letter === 'e') ? { kind: KINDS[letter], businessId } : undefined;
}

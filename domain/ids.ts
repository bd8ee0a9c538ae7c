/** Ids are strings that TypeScript keeps apart: passing a CustomerId where a BusinessId belongs is a type error. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type BusinessId = Branded<'BusinessId'>;
export type CustomerId = Branded<'CustomerId'>;
export type ConversationId = Branded<'ConversationId'>;
export type MemberId = Branded<'MemberId'>;
/** One burst of customer messages and the one reply that covers it. */
export type TurnId = Branded<'TurnId'>;
/** Deterministic id of an outbound message: the same intent always has the same id. */
export type OutboundId = Branded<'OutboundId'>;

/** A turn is named after the last message it covers, so thinking again over more words makes a new turn. */
export const turnIdOf = (conversationId: ConversationId, lastMessageId: string): TurnId => `${conversationId}.${lastMessageId}` as TurnId;

/** The row id of an inbound message: browsers choose their own ids, so they are only unique within a conversation. */
export const inboundRowId = (conversationId: ConversationId, messageId: string): string => `${conversationId}.${messageId}`;

/** The n-th message of a turn, counted from 0. */
export const outboundIdOf = (turnId: TurnId, n: number): OutboundId => `${turnId}.${n}` as OutboundId;

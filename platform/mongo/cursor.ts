import { Failure } from '#domain/failure';

/** A place in a list sorted by a moment and then by id, so that it stays put when moments are equal. */
export interface CursorPlace {
  at: Date;
  id: string;
}

export const encodeCursor = ({ at, id }: CursorPlace): string => Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

/** @throws Failure invalid `cursor.invalid` */
export function decodeCursor(cursor: string): CursorPlace {
  const match = /^(\d{1,16}) (.{1,200})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const at = new Date(Number(match?.[1]));
  if (!match?.[2] || Number.isNaN(at.getTime())) throw new Failure('invalid', 'cursor.invalid', 'This page no longer exists: start again from the first.');
  return { at, id: match[2] };
}

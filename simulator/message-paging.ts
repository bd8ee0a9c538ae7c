import { messageAnswer } from './message.answer.ts';
import type { Message, Position } from './messages.state.ts';
import { comparePositions, positionOf } from './messages.state.ts';
import { invalidParameter } from './twilio.errors.ts';

const FILTERS = ['To', 'From', 'DateSent', 'DateSent<', 'DateSent>'] as const;
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;

/** One page of a list, found by its token and not by counting, so that new messages do not shift the pages. */
export function messagePage(path: string, query: URLSearchParams, sorted: readonly Message[]) {
  const pageSize = readPageSize(query.get('PageSize'));
  const token = readToken(query.get('PageToken'));
  const start = startOf(sorted, token, pageSize);
  const messages = sorted.slice(start, start + pageSize);
  const page = token ? readPage(query.get('Page')) : 0;

  const link = (pageNumber: number, pageToken?: string) => {
    const parts = new URLSearchParams(FILTERS.flatMap((name) => query.getAll(name).map((value): [string, string] => [name, value])));
    parts.set('PageSize', String(pageSize));
    parts.set('Page', String(pageNumber));
    if (pageToken) parts.set('PageToken', pageToken);
    return `${path}?${parts.toString()}`;
  };
  const first = messages.at(0);
  const last = messages.at(-1);
  return {
    end: page * pageSize + Math.max(0, messages.length - 1),
    first_page_uri: link(0),
    next_page_uri: last && start + pageSize < sorted.length ? link(page + 1, tokenOf('PA', last)) : null,
    page,
    page_size: pageSize,
    previous_page_uri: first && start > 0 ? link(Math.max(0, page - 1), tokenOf('PB', first)) : null,
    messages: messages.map(messageAnswer),
    start: page * pageSize,
    uri: link(page, query.get('PageToken') ?? undefined),
  };
}

interface PageToken extends Position {
  side: 'after' | 'before';
}

function startOf(sorted: readonly Message[], token: PageToken | undefined, pageSize: number): number {
  if (!token) return 0;
  const isPast = (message: Message) => comparePositions(positionOf(message), token) > 0;
  const isAtOrPast = (message: Message) => comparePositions(positionOf(message), token) >= 0;
  const found = sorted.findIndex(token.side === 'after' ? isPast : isAtOrPast);
  const index = found === -1 ? sorted.length : found;
  return token.side === 'after' ? index : Math.max(0, index - pageSize);
}

function tokenOf(side: 'PA' | 'PB', message: Message): string {
  const { atMs, sequence } = positionOf(message);
  return `${side}${message.sid}-${atMs.toString(36)}-${sequence.toString(36)}`;
}

function readToken(text: string | null): PageToken | undefined {
  if (text === null || text === '') return undefined;
  const [, side, at, sequence] = /^(PA|PB)(?:SM|MM)[0-9a-f]{32}-([0-9a-z]+)-([0-9a-z]+)$/.exec(text) ?? [];
  if (!at || !sequence) throw invalidParameter('Invalid PageToken');
  return { side: side === 'PA' ? 'after' : 'before', atMs: Number.parseInt(at, 36), sequence: Number.parseInt(sequence, 36) };
}

function readPageSize(text: string | null): number {
  const size = text === null ? DEFAULT_PAGE_SIZE : Number(text);
  if (!Number.isInteger(size) || size < 1) throw invalidParameter('PageSize must be a positive number');
  return Math.min(size, MAX_PAGE_SIZE);
}

function readPage(text: string | null): number {
  const page = Number(text ?? 0);
  return Number.isInteger(page) && page >= 0 ? page : 0;
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { messagesQuery } from './inbox.queries.ts';

export const useThread = (conversationId: string) => useInfiniteQuery(messagesQuery(conversationId));
export type ThreadQuery = ReturnType<typeof useThread>;

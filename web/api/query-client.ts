import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isTransient } from './api-error.ts';

const TRIES = 4;

/** Live events keep the cache fresh, so nothing is fetched again on a mere focus; a server that restarts is asked again by itself. */
export function createQueryClient(): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError(error, { queryKey: [subject] }) {
        // A session that ended shows itself anywhere; asking who is signed in turns the page into the sign-in notice.
        if (error instanceof ApiError && error.status === 401 && subject !== 'me' && subject !== 'chat-session')
          void queryClient.invalidateQueries({ queryKey: ['me'] });
      },
    }),
    defaultOptions: {
      queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: (failures, error) => isTransient(error) && failures < TRIES },
      mutations: { retry: false },
    },
  });
  return queryClient;
}

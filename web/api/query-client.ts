import { QueryClient } from '@tanstack/react-query';
import { isTransient } from './api-error.ts';

const TRIES = 4;

/** Live events keep the cache fresh, so nothing is fetched again on a mere focus; a server that restarts is asked again by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: (failures, error) => isTransient(error) && failures < TRIES },
      mutations: { retry: false },
    },
  });
}

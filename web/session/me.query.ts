import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me } from '../api/api.types.ts';
import { ApiError, isTransient } from '../api/api-error.ts';
import { get, post, rememberCsrfToken } from '../api/http.client.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await get<Me>('/api/me', { signal });
    rememberCsrfToken(me.csrfToken);
    return me;
  },
  staleTime: 5 * 60_000,
  retry: (failures, error) => isTransient(error) && failures < 5,
});

export const useMe = () => useQuery(meQuery);

export const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => post('/api/sign-out'),
    // Nothing of the business may stay readable on a shared computer.
    onSuccess: () => {
      queryClient.clear();
      void queryClient.invalidateQueries();
    },
  });
}

import { QueryCache, QueryClient } from '@tanstack/react-query';
import { hasCode, problemOf } from '../lib/problem.ts';

const listeners = new Set<() => void>();

/** Tells when the server no longer knows who is asking. Returns how to stop listening. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (!hasCode(error, 'unauthenticated')) return;
      for (const listener of listeners) listener();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      gcTime: 30 * 60_000,
      // A refusal stays a refusal; only a connection that broke is worth another try.
      retry: (failures, error) => problemOf(error) === null && failures < 2,
    },
  },
});

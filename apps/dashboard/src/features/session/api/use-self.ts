import { useSuspenseQuery } from '@tanstack/react-query';
import { trpc } from '../../../app/trpc.ts';

/** Who is signed in, and the limits that apply. The shell's route has loaded it before anything inside renders. */
export function useSelf() {
  return useSuspenseQuery(selfOptions()).data;
}

export function selfOptions() {
  return trpc.system.self.queryOptions(undefined, { staleTime: 5 * 60_000 });
}

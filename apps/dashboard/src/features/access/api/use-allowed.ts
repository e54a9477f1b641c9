import { useQuery } from '@tanstack/react-query';
import type { inferInput, inferOutput } from '@trpc/tanstack-react-query';
import { trpc } from '../../../app/trpc.ts';

type Action = inferOutput<typeof trpc.grant.allowed>[number];

/** Whether the person who is signed in may do something there; no until it is known. What they may not do is not shown. */
export function useAllowed(target: inferInput<typeof trpc.grant.allowed>): (action: Action) => boolean {
  const { data } = useQuery(trpc.grant.allowed.queryOptions(target, { staleTime: 60_000 }));
  return (action) => data?.includes(action) ?? false;
}

import { useQueries, useQuery } from '@tanstack/react-query';
import { type Client, unassignedClientId } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { useSelf } from '../../session/api/use-self.ts';

/** The clients that the person who is signed in may put assets at, by name; undefined until they are known. */
export function useReceivers(): readonly Client[] | undefined {
  const { role } = useSelf();
  const clients = useQuery(trpc.client.list.queryOptions({}));
  const others = clients.data?.filter(({ id }) => id !== unassignedClientId);
  // Owners and admins may do so everywhere; of the others each client has to be asked about.
  const asked = role === 'member' ? (others ?? []) : [];
  const allowed = useQueries({
    queries: asked.map(({ id }) =>
      trpc.grant.allowed.queryOptions({ kind: 'client', clientId: id }, { staleTime: 60_000 }),
    ),
  });
  if (role !== 'member') return others;
  if (allowed.some(({ isPending }) => isPending)) return undefined;
  return others?.filter((_, index) => allowed[index]?.data?.includes('asset.create'));
}

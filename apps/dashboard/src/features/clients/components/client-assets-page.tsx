import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { trpc } from '../../../app/trpc.ts';
import { AssetBrowser } from '../../assets/components/asset-browser.tsx';

const route = getRouteApi('/shell/clients/$clientId/');

/** All assets of a client, those of its campaigns included. */
export function ClientAssetsPage() {
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const client = useQuery(trpc.client.get.queryOptions({ id: clientId }));
  const stats = useQuery(trpc.client.stats.queryOptions({ id: clientId }));
  if (!client.data) return null;
  return (
    <AssetBrowser
      key={clientId}
      clientId={clientId}
      ownerName={client.data.name}
      search={search}
      stats={stats.data}
    />
  );
}

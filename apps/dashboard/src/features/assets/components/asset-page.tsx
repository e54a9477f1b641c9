import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FileQuestion } from 'lucide-react';
import { trpc } from '../../../app/trpc.ts';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { hasCode } from '../../../lib/problem.ts';
import { AssetView } from './asset-view.tsx';

const route = getRouteApi('/shell/assets/$assetId');

/** One asset: its preview, its facts, and everything that can be changed about it. */
export function AssetPage() {
  const { assetId } = route.useParams();
  const search = route.useSearch();
  const asset = useQuery(trpc.asset.get.queryOptions({ id: assetId }));
  if (asset.data) return <AssetView key={asset.data.id} asset={asset.data} search={search} />;
  if (hasCode(asset.error, 'not_found') || hasCode(asset.error, 'invalid_input')) {
    return (
      <Notice
        isPage
        icon={<FileQuestion size={26} aria-hidden />}
        title="This asset is not here"
        action={
          <Link to="/" className={buttonClass({ look: 'primary' })}>
            Go to clients
          </Link>
        }
      >
        It may be in the trash, or belong to a client that you may not see.
      </Notice>
    );
  }
  if (asset.error) return <ErrorNotice isPage error={asset.error} onRetry={() => asset.refetch()} />;
  return (
    <div className="grid gap-6 p-4 sm:p-6 xl:grid-cols-[1fr_22rem]" aria-busy="true">
      <Skeleton className="h-[70vh] rounded-2xl" />
      <Skeleton className="h-96 rounded-2xl" />
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { trpc } from '../../../app/trpc.ts';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { hasCode } from '../../../lib/problem.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { CampaignTabs } from '../../campaigns/components/campaign-tabs.tsx';
import { ClientHeader } from './client-header.tsx';

const route = getRouteApi('/shell/clients/$clientId');

/** What every page of a client has in common: its header and its campaigns. */
export function ClientPage() {
  const { clientId } = route.useParams();
  const client = useQuery(trpc.client.get.queryOptions({ id: clientId }));
  useTitle(client.data?.name ?? 'Client');
  if (hasCode(client.error, 'not_found') || hasCode(client.error, 'invalid_input')) {
    return (
      <Notice
        isPage
        icon={<Building2 size={26} aria-hidden />}
        title="This client is not here"
        action={
          <Link to="/" className={buttonClass({ look: 'primary' })}>
            Go to clients
          </Link>
        }
      >
        It may have been deleted, or it belongs to somebody else.
      </Notice>
    );
  }
  if (client.error && !client.data) {
    return <ErrorNotice isPage error={client.error} onRetry={() => client.refetch()} />;
  }
  return (
    <div className="mx-auto max-w-[110rem] px-4 pt-6 pb-28 sm:px-8 sm:pt-9">
      {client.data ? <ClientHeader client={client.data} /> : <Skeleton className="h-16 w-72" />}
      <CampaignTabs clientId={clientId} />
      <Outlet />
    </div>
  );
}

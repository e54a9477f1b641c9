import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import { trpc } from '../../../app/trpc.ts';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { hasCode } from '../../../lib/problem.ts';
import { AssetBrowser } from '../../assets/components/asset-browser.tsx';
import { CampaignHeader } from './campaign-header.tsx';

const route = getRouteApi('/shell/clients/$clientId/campaigns/$campaignId');

/** The assets of one campaign. */
export function CampaignPage() {
  const { clientId, campaignId } = route.useParams();
  const search = route.useSearch();
  const campaign = useQuery(trpc.campaign.get.queryOptions({ id: campaignId }));
  const stats = useQuery(trpc.campaign.stats.queryOptions({ id: campaignId }));
  if (campaign.data) {
    return (
      <>
        <CampaignHeader campaign={campaign.data} />
        <AssetBrowser
          key={campaignId}
          clientId={clientId}
          campaignId={campaignId}
          ownerName={campaign.data.name}
          search={search}
          stats={stats.data}
        />
      </>
    );
  }
  if (hasCode(campaign.error, 'not_found') || hasCode(campaign.error, 'invalid_input')) {
    return (
      <Notice
        icon={<Megaphone size={26} aria-hidden />}
        title="This campaign is not here"
        action={
          <Link to="/clients/$clientId" params={{ clientId }} className={buttonClass({ look: 'primary' })}>
            Show all assets
          </Link>
        }
      >
        It may have been deleted, or the address is incomplete.
      </Notice>
    );
  }
  return campaign.error ? <ErrorNotice error={campaign.error} onRetry={() => campaign.refetch()} /> : null;
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { CampaignStatus } from '@vitrine/schema';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { useAllowed } from '../../access/api/use-allowed.ts';
import { statusNames } from '../status-names.ts';

const CampaignFormDialog = lazy(async () => ({
  default: (await import('./campaign-form-dialog.tsx')).CampaignFormDialog,
}));

const tabClass =
  'relative flex h-11 items-center gap-2 whitespace-nowrap px-1 text-sm font-medium text-soft transition-colors duration-150 hover:text-ink ' +
  'after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-full data-[status=active]:text-ink data-[status=active]:after:bg-accent';
const dots = {
  draft: 'bg-line-strong',
  active: 'bg-ok-ink',
  archived: 'bg-warn-ink',
} as const satisfies Record<CampaignStatus, string>;

/** The campaigns of a client, as tabs beside "All assets". */
export function CampaignTabs({ clientId }: { clientId: string }) {
  const [isCreating, setCreating] = useState(false);
  const navigate = useNavigate();
  const may = useAllowed({ kind: 'client', clientId });
  const campaigns = useQuery(trpc.campaign.list.queryOptions({ clientId }));
  return (
    <div className="-mx-4 mt-6 border-line border-b px-4 sm:mx-0 sm:px-0">
      <nav
        aria-label="Campaigns"
        className="-mb-px flex items-center gap-6 overflow-x-auto pb-px [scrollbar-width:none]"
      >
        <Link
          to="/clients/$clientId"
          params={{ clientId }}
          activeOptions={{ exact: true, includeSearch: false }}
          className={tabClass}
        >
          All assets
        </Link>
        {campaigns.data?.map(({ id, name, status }) => (
          <Link
            key={id}
            to="/clients/$clientId/campaigns/$campaignId"
            params={{ clientId, campaignId: id }}
            activeOptions={{ includeSearch: false }}
            className={tabClass}
          >
            <span aria-hidden title={statusNames[status]} className={`size-2 rounded-full ${dots[status]}`} />
            {name}
          </Link>
        ))}
        {may('campaign.create') && (
          <Button look="quiet" onPress={() => setCreating(true)} className="-ml-3 h-8!">
            <Plus size={15} aria-hidden />
            New campaign
          </Button>
        )}
      </nav>
      {isCreating && (
        <Suspense>
          <CampaignFormDialog
            clientId={clientId}
            campaign={null}
            onClose={() => setCreating(false)}
            onSaved={({ id }) =>
              navigate({
                to: '/clients/$clientId/campaigns/$campaignId',
                params: { clientId, campaignId: id },
              })
            }
          />
        </Suspense>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Asset } from '@vitrine/schema';
import { ArrowRight } from 'lucide-react';
import { trpc } from '../../../app/trpc.ts';
import { Select } from '../../../components/ui/select.tsx';
import { useAssetMutations } from '../api/use-asset-mutations.ts';

const none = '';

/** Moves an asset to another campaign of its client, or out of all campaigns. */
export function CampaignPicker({ asset, isReadOnly }: { asset: Asset; isReadOnly: boolean }) {
  const campaigns = useQuery(trpc.campaign.list.queryOptions({ clientId: asset.clientId }));
  const { update } = useAssetMutations();
  return (
    <div className="grid gap-2">
      <Select
        label="Campaign"
        options={[
          { id: none, label: 'No campaign' },
          ...(campaigns.data ?? []).map(({ id, name }) => ({ id: String(id), label: name })),
        ]}
        value={asset.campaignId ?? none}
        isDisabled={isReadOnly || update.isPending || !campaigns.data}
        onChange={(id) =>
          update.mutate({ id: asset.id, rowVersion: asset.rowVersion, campaignId: id === none ? null : id })
        }
      />
      {asset.campaignId && (
        <Link
          to="/clients/$clientId/campaigns/$campaignId"
          params={{ clientId: asset.clientId, campaignId: asset.campaignId }}
          className="inline-flex min-h-6 w-max items-center gap-1 rounded-sm font-medium text-accent-ink text-sm underline-offset-2 hover:underline"
        >
          Open campaign
          <ArrowRight size={14} aria-hidden />
        </Link>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { Asset } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { Select } from '../../../components/ui/select.tsx';
import { useAssetMutations } from '../api/use-asset-mutations.ts';

const none = '';

/** Moves an asset to another campaign of its client, or out of all campaigns. */
export function CampaignPicker({ asset }: { asset: Asset }) {
  const campaigns = useQuery(trpc.campaign.list.queryOptions({ clientId: asset.clientId }));
  const { update } = useAssetMutations();
  return (
    <Select
      label="Campaign"
      options={[
        { id: none, label: 'No campaign' },
        ...(campaigns.data ?? []).map(({ id, name }) => ({ id: String(id), label: name })),
      ]}
      value={asset.campaignId ?? none}
      isDisabled={update.isPending || !campaigns.data}
      onChange={(id) =>
        update.mutate({ id: asset.id, rowVersion: asset.rowVersion, campaignId: id === none ? null : id })
      }
    />
  );
}

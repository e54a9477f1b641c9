import { skipToken, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { trpc } from '../../../app/trpc.ts';
import type { UploadTarget } from '../upload-queue.ts';

/** Where files dropped on the page go: the open campaign, else the open client, else those of the open asset. */
export function useUploadTarget(): UploadTarget | null {
  const params = useParams({ strict: false });
  const asset = useQuery(trpc.asset.get.queryOptions(params.assetId ? { id: params.assetId } : skipToken));
  const clientId = params.clientId ?? asset.data?.clientId;
  const campaignId = params.campaignId ?? asset.data?.campaignId ?? undefined;
  const client = useQuery(trpc.client.get.queryOptions(clientId ? { id: clientId } : skipToken));
  const campaign = useQuery(trpc.campaign.get.queryOptions(campaignId ? { id: campaignId } : skipToken));
  if (!client.data) return null;
  if (!campaignId) return { clientId: client.data.id, campaignId: null, name: client.data.name };
  if (!campaign.data) return null;
  return {
    clientId: client.data.id,
    campaignId: campaign.data.id,
    name: `${client.data.name} / ${campaign.data.name}`,
  };
}

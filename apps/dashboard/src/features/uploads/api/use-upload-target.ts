import { skipToken, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { trpc } from '../../../app/trpc.ts';
import type { UploadTarget } from '../upload-queue.ts';

/** Where files would go, and whether the person who is signed in may send any there. */
export interface OpenPlace extends UploadTarget {
  readonly mayUpload: boolean;
}

interface PlaceIds {
  readonly clientId: string | undefined;
  readonly campaignId: string | undefined;
}

function useMayUpload({ clientId, campaignId }: PlaceIds): boolean {
  const ofCampaign = campaignId && ({ kind: 'campaign', campaignId } as const);
  const ofClient = clientId && ({ kind: 'client', clientId } as const);
  const target = ofCampaign || ofClient || skipToken;
  const { data } = useQuery(trpc.grant.allowed.queryOptions(target, { staleTime: 60_000 }));
  return data?.includes('asset.create') ?? false;
}

/** Where files dropped on the page go: the open campaign, else the open client, else those of the open asset. */
export function useUploadTarget(): OpenPlace | null {
  const params = useParams({ strict: false });
  const asset = useQuery(trpc.asset.get.queryOptions(params.assetId ? { id: params.assetId } : skipToken));
  const clientId = params.clientId ?? asset.data?.clientId;
  const campaignId = params.campaignId ?? asset.data?.campaignId ?? undefined;
  const client = useQuery(trpc.client.get.queryOptions(clientId ? { id: clientId } : skipToken));
  const campaign = useQuery(trpc.campaign.get.queryOptions(campaignId ? { id: campaignId } : skipToken));
  const mayUpload = useMayUpload({ clientId, campaignId });
  if (!client.data) return null;
  if (!campaignId) return { clientId: client.data.id, campaignId: null, name: client.data.name, mayUpload };
  if (!campaign.data) return null;
  return {
    clientId: client.data.id,
    campaignId: campaign.data.id,
    name: `${client.data.name} / ${campaign.data.name}`,
    mayUpload,
  };
}

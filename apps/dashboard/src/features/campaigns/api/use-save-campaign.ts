import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Campaign, CampaignBrief, CampaignStatus } from '@vitrine/schema';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

interface SaveInput {
  clientId: string;
  /** The campaign as it was opened, or null to create one. */
  campaign: Campaign | null;
  fields: { name: string; goal: string; status: CampaignStatus };
  brief: CampaignBrief | null;
}

interface SaveCampaignOptions {
  onSaved: (campaign: Campaign) => void;
  onRefused: (error: unknown) => void;
}

/** Creates or edits a campaign; a refusal is shown as a toast and handed on for the fields. */
export function useSaveCampaign({ onSaved, onRefused }: SaveCampaignOptions) {
  const queryClient = useQueryClient();
  const create = useMutation(trpc.campaign.create.mutationOptions());
  const update = useMutation(trpc.campaign.update.mutationOptions());
  return useMutation({
    mutationFn: ({ clientId, campaign, fields, brief }: SaveInput) =>
      campaign
        ? update.mutateAsync({ id: campaign.id, rowVersion: campaign.rowVersion, ...fields, brief })
        : create.mutateAsync({ clientId, ...fields, ...(brief && { brief }) }),
    onSuccess: async (saved) => {
      queryClient.setQueryData(trpc.campaign.get.queryKey({ id: saved.id }), saved);
      await queryClient.invalidateQueries(trpc.campaign.list.pathFilter());
      onSaved(saved);
    },
    onError: (error) => {
      toast.error(sentenceOf(error));
      onRefused(error);
    },
  });
}

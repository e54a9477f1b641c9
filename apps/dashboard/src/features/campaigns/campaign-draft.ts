import type { Campaign, CampaignBrief, CampaignStatus } from '@vitrine/schema';

/** What the campaign form holds; the key messages are lines of one text. */
export interface CampaignDraft {
  readonly name: string;
  readonly goal: string;
  readonly status: CampaignStatus;
  readonly objective: string;
  readonly targetAudience: string;
  readonly keyMessages: string;
}

export function campaignDraft(campaign: Campaign | null): CampaignDraft {
  return {
    name: campaign?.name ?? '',
    goal: campaign?.goal ?? '',
    status: campaign?.status ?? 'draft',
    objective: campaign?.brief?.objective ?? '',
    targetAudience: campaign?.brief?.targetAudience ?? '',
    keyMessages: campaign?.brief?.keyMessages.join('\n') ?? '',
  };
}

/** The draft's brief, or null when nothing of it is written. */
export function briefOf({ objective, targetAudience, keyMessages }: CampaignDraft): CampaignBrief | null {
  const messages = keyMessages
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (objective.trim() === '' && targetAudience.trim() === '' && messages.length === 0) return null;
  return { objective, targetAudience, keyMessages: messages };
}

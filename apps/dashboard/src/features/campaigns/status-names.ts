import type { CampaignStatus } from '@vitrine/schema';

/** What each status is called. */
export const statusNames = {
  draft: 'Draft',
  active: 'Active',
  archived: 'Archived',
} as const satisfies Record<CampaignStatus, string>;

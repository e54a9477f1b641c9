import { toTimestamp } from '@vitrine/core';
import type { Campaign } from '@vitrine/schema';
import type { Tables } from '../portable-database.ts';

type CampaignRow = Tables['campaigns']['$inferSelect'];

export function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id,
    clientId: row.clientId,
    name: row.name,
    goal: row.goal,
    status: row.status,
    ...(row.brief && { brief: row.brief }),
    createdAt: toTimestamp(row.createdAt),
    updatedAt: toTimestamp(row.updatedAt),
    rowVersion: row.rowVersion,
  };
}

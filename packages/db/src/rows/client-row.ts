import { toTimestamp } from '@vitrine/core';
import type { Client } from '@vitrine/schema';
import type { Tables } from '../portable-database.ts';

type ClientRow = Tables['clients']['$inferSelect'];

export function toClient(row: ClientRow): Client {
  return {
    id: row.id,
    userId: row.userId,
    name: row.name,
    description: row.description,
    ...(row.brandGuidelines && { brandGuidelines: row.brandGuidelines }),
    createdAt: toTimestamp(row.createdAt),
    updatedAt: toTimestamp(row.updatedAt),
    archivedAt: row.archivedAt === null ? null : toTimestamp(row.archivedAt),
    rowVersion: row.rowVersion,
  };
}

import { campaignIdSchema, clientIdSchema, unassignedClientId, userIdSchema } from '@vitrine/schema';
import { idOfLegacy } from './legacy-id.ts';
import { clientOf } from './legacy-places.ts';
import type { LegacySettled } from './legacy-repository.ts';
import type { LegacyRun } from './legacy-run.ts';
import type { LegacyRow, LegacyValue } from './legacy-source.ts';
import { readLegacyAsset } from './read-legacy-asset.ts';

const keyIn = (value: LegacyValue | undefined) => (value == null ? null : String(value).trim() || null);

/** Remembers what a row became, for the rows that refer to it. What was deleted here since is as good as unknown. */
export async function learnLegacyRow(run: LegacyRun, row: LegacyRow, settled: LegacySettled): Promise<void> {
  const { known, ownerId, dryRun } = run;
  const { database } = run.dependencies;
  const { table, key, values } = row;
  const { targetId, outcome } = settled;
  if (targetId === null) {
    if (table !== 'asset_blobs' && !known.assets.has(idOfLegacy(table, key))) {
      known.assets.set(idOfLegacy(table, key), null);
    }
    return;
  }
  const as = idOfLegacy(table, key);
  switch (table) {
    case 'users':
      known.users.set(row.id, userIdSchema.parse(targetId));
      return;
    case 'clients': {
      const id = clientIdSchema.parse(targetId);
      if (!dryRun && !(await database.read((readers) => readers.clients.find(id)))) return;
      known.clients.set(as, { id, userId: known.users.get(keyIn(values['user_id']) ?? '') ?? ownerId });
      return;
    }
    case 'campaigns': {
      const id = campaignIdSchema.parse(targetId);
      const there = await database.read((readers) => readers.campaigns.find(id));
      if (!dryRun && !there) return;
      const meant = clientOf(run, keyIn(values['client_id']))?.id ?? unassignedClientId;
      known.campaigns.set(as, { id, clientId: there?.clientId ?? meant });
      return;
    }
    case 'asset_blobs':
      return;
    case 'assets':
    case 'uploaded_assets':
    case 'client_assets':
    case 'campaign_assets': {
      if (!known.assets.get(as)) known.assets.set(as, targetId);
      const { blobKey, thumbnailBlobKey } = readLegacyAsset(row);
      if (thumbnailBlobKey !== null && !known.blobs.has(thumbnailBlobKey)) {
        known.blobs.set(thumbnailBlobKey, { targetId, as: 'thumbnail' });
      }
      if (blobKey !== null && outcome !== 'merged') known.blobs.set(blobKey, { targetId, as: 'bytes' });
      return;
    }
    default:
      table satisfies never;
  }
}

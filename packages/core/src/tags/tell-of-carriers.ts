import type { AssetId, Tag } from '@vitrine/schema';
import { toTimestamp } from '../ports/clock.ts';
import type { Writers } from '../ports/database.ts';

/** Assets that one transaction tells of. */
const stepSize = 200;

/**
 * Tells those who watch that assets look different, because their tag does: of some that come behind `after`, by id. Answers behind which
 * there are more, or null. Last in its transaction, because it locks the log.
 */
export async function tellOfCarriers(
  { tags, changes }: Writers,
  { id, clientId }: Pick<Tag, 'id' | 'clientId'>,
  { after, at }: { readonly after: AssetId | null; readonly at: number },
): Promise<AssetId | null> {
  const carriers = await tags.carriers({ id, after, limit: stepSize });
  for (const { assetId, campaignId, trashed } of carriers) {
    if (trashed) continue;
    await changes.append({ kind: 'asset.updated', at: toTimestamp(at), clientId, campaignId, assetId });
  }
  return carriers.length === stepSize ? (carriers.at(-1)?.assetId ?? null) : null;
}

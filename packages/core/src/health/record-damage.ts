import type { Sha256 } from '@vitrine/schema';
import { recordSystemChange } from '../audit/record-change.ts';
import type { Writers } from '../ports/database.ts';
import { enqueueRenditions } from '../renditions/enqueue-renditions.ts';
import type { BlobDamage } from '../uploads/blob-repository.ts';
import type { BlobState } from './health-repository.ts';

/** Marks bytes as damaged: from here on they are not served, and previews are made anew. False when they are others by now. Nothing is deleted. */
export async function recordDamage(
  writers: Writers,
  state: BlobState,
  found: { readonly damage: BlobDamage; readonly at: number },
): Promise<boolean> {
  if (!(await writers.health.markDamaged(state, found))) return false;
  const { sha256, size, store } = state;
  await recordSystemChange(writers, found.at, {
    action: 'blob.damaged',
    target: { type: 'blob', id: sha256 },
    clientId: null,
    after: { damage: found.damage, size, store },
  });
  await remakePreviews(writers, sha256, found.at);
  return true;
}

/** What was made can be made again, of versions whose own bytes are right. */
async function remakePreviews(writers: Writers, sha256: Sha256, at: number): Promise<void> {
  for (const version of await writers.health.shownBy(sha256)) {
    const source = await writers.renditions.source(version);
    if (source?.damage === null) await enqueueRenditions(writers, { ...source, at, remake: true });
  }
}

/** Takes the mark off bytes that are right again; they are served as before. */
export async function recordWhole(writers: Writers, sha256: Sha256, at: number): Promise<boolean> {
  if (!(await writers.health.markWhole({ sha256, at }))) return false;
  await recordSystemChange(writers, at, {
    action: 'blob.healed',
    target: { type: 'blob', id: sha256 },
    clientId: null,
  });
  return true;
}

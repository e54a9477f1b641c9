import { unassignedClientId } from '@vitrine/schema';
import { assetNameOf } from '../uploads/file-name.ts';
import { idOfLegacy } from './legacy-id.ts';
import type { LegacyRun, LegacyStep } from './legacy-run.ts';
import type { LegacyRow } from './legacy-source.ts';
import { note } from './note.ts';
import { quarantineStep } from './quarantine-step.ts';

const extensionOf = (contentType: unknown) =>
  /\/([a-z0-9]{1,10})/i.exec(String(contentType ?? ''))?.[1] ?? 'bin';

/** A row of `asset_blobs`: an asset's bytes, its thumbnail, or what no row refers to, which is kept as it is. */
export async function planBlob(run: LegacyRun, row: LegacyRow): Promise<LegacyStep> {
  const bytes = run.source.blob(row.id);
  if (!bytes || bytes.size === 0) {
    return { outcome: 'missing_bytes', targetId: null, notes: [note('bytes_missing', 'it holds no bytes')] };
  }
  const use = run.known.blobs.get(row.id);
  if (use?.as === 'bytes') return { outcome: 'imported', targetId: use.targetId, notes: [] };
  if (use) {
    const words = 'a thumbnail; thumbnails are made anew from the asset';
    return { outcome: 'merged', targetId: use.targetId, notes: [note('same_as', words)] };
  }
  const staged = await run.dependencies.staging.receive(bytes.open(), { maxBytes: Number.POSITIVE_INFINITY });
  const reason = 'No row of the old system refers to these bytes.';
  return quarantineStep(run, staged, {
    id: idOfLegacy('asset_blobs', row.key),
    clientId: unassignedClientId,
    userId: run.ownerId,
    fileName: assetNameOf(`${row.key}.${extensionOf(row.values['content_type'])}`),
    reason,
    notes: [note('unreferenced', reason)],
  });
}

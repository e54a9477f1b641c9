import type { LegacyNote } from '@vitrine/schema';
import type { LegacyBytes, LegacyRow, LegacySource } from './legacy-source.ts';
import { note } from './note.ts';
import type { LegacyAsset } from './read-legacy-asset.ts';

export interface FoundBytes {
  readonly bytes: LegacyBytes | null;
  /** The row of `asset_blobs` that they are in. */
  readonly blobKey: string | null;
  readonly notes: readonly LegacyNote[];
}

/**
 * Finds a row's bytes: in `asset_blobs`, in the row itself, in a file named by its id, in one named by the UUID of its address, in one at
 * the path that it remembers. The first that has any bytes is taken.
 */
export function findLegacyBytes(source: LegacySource, row: LegacyRow, asset: LegacyAsset): FoundBytes {
  const notes: LegacyNote[] = [];
  const { blobKey, files, sourceUrl } = asset;
  if (blobKey !== null) {
    const bytes = source.blob(blobKey);
    if (bytes && bytes.size > 0) return { bytes, blobKey, notes };
    const words = bytes ? `the blob '${blobKey}' is empty` : `there is no blob '${blobKey}'`;
    notes.push(note('bytes_differ', words, { field: 'blob_id', old: blobKey }));
  }
  const inline = source.inline(row);
  if (inline && inline.size > 0) return { bytes: inline, blobKey: null, notes };
  const file = source.file(files);
  if (file && file.bytes.size > 0) {
    if (file.others.length > 0) {
      const words = `several files have its name; ${file.bytes.place} was taken`;
      notes.push(note('several_files', words, { old: file.others, new: file.bytes.place }));
    }
    return { bytes: file.bytes, blobKey: null, notes };
  }
  if (file) notes.push(note('bytes_differ', `${file.bytes.place} is empty`, { old: file.bytes.place }));
  const words = sourceUrl
    ? `its bytes were not found; it came from ${sourceUrl}`
    : 'its bytes were not found; put the file into the folder, named by the id, and import again';
  notes.push(note('bytes_missing', words, { field: 'source_url', old: sourceUrl }));
  return { bytes: null, blobKey: null, notes };
}

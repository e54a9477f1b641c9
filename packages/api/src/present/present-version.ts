import { toTimestamp, type VersionRecord } from '@vitrine/core';
import type { AssetVersion } from '@vitrine/schema';
import type { AssetUrls } from './asset-urls.ts';

/** The public version: its addresses lead to its own bytes, current or not. */
export function presentVersion(
  { assetId: id, store: _store, posterMs: _posterMs, thumb, ...record }: VersionRecord,
  urls: AssetUrls,
): AssetVersion {
  const version = { id, version: record.number };
  return {
    ...record,
    createdAt: toTimestamp(record.createdAt),
    url: urls.original({ ...version, sha256: record.sha256 }),
    thumbnailUrl: thumb && urls.rendition(version, { preset: 'thumb', sha256: thumb }),
  };
}

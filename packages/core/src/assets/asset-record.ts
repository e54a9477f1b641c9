import type { Asset, AssetTile, Sha256 } from '@vitrine/schema';

type UrlFields = 'url' | 'thumbnailUrl' | 'waveformUrl' | 'preview' | 'duration';
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The `thumb` of an asset's current version, with the hash of its bytes where the answer has an address. */
export type PreviewRecord =
  | { readonly state: 'pending' }
  | {
      readonly state: 'ready';
      readonly sha256: Sha256;
      /** Pixels. */
      readonly width: number;
      readonly height: number;
      readonly thumbhash: string;
    }
  | { readonly state: 'failed'; readonly reason: string };

/**
 * An asset as the library knows it: the public union without what only an answer has (URLs, rounded seconds).
 * URLs are added in one place, at the edge of serialisation.
 */
export type AssetRecord = DistributiveOmit<Asset, UrlFields> & { readonly preview: PreviewRecord };

/** A tile without its URLs. */
export type TileRecord = Omit<AssetTile, UrlFields> & {
  readonly version: number;
  /** Of the original. */
  readonly sha256: Sha256;
  /** What a list may be sorted by. */
  readonly priority: number | null;
  readonly preview: PreviewRecord;
};

/** What the audit log keeps of an asset: what people decide about, not what is made by itself. */
export function auditedAsset({ preview: _preview, ...asset }: AssetRecord): Omit<AssetRecord, 'preview'> {
  return asset;
}

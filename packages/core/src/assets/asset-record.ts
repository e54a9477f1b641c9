import type { Asset, AssetTile } from '@vitrine/schema';

type UrlFields = 'url' | 'thumbnailUrl' | 'waveformUrl' | 'preview' | 'duration';
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * An asset as the library knows it: the public union without what only an answer has (URLs, rounded seconds).
 * URLs are added in one place, at the edge of serialisation.
 */
export type AssetRecord = DistributiveOmit<Asset, UrlFields>;

/** A tile without its URLs. */
export type TileRecord = Omit<AssetTile, UrlFields>;

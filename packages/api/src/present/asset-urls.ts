import type { AssetId } from '@vitrine/schema';

/** The addresses of an asset's bytes. The only place that knows how they are made. */
export interface AssetUrls {
  file(id: AssetId): string;
  thumbnail(id: AssetId): string;
  waveform(id: AssetId): string;
}

/** Addresses below the public URL, which has no slash at its end. */
export function createAssetUrls(publicUrl: string): AssetUrls {
  const file = (id: AssetId) => `${publicUrl}/api/v2/assets/${id}`;
  return {
    file,
    thumbnail: (id) => `${file(id)}/thumbnail`,
    waveform: (id) => `${file(id)}/waveform`,
  };
}

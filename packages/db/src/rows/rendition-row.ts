import type { BlobStoreName, RenditionRow } from '@vitrine/core';
import type { Preset, Sha256 } from '@vitrine/schema';

/** The columns of a rendition and of its blob; all null where there is no row. */
export interface RenditionColumns {
  readonly preset: Preset | null;
  readonly state: 'ready' | 'failed' | null;
  readonly sha256: Sha256 | null;
  readonly size: number | null;
  readonly store: BlobStoreName | null;
  readonly mimeType: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbhash: string | null;
  readonly reason: string | null;
  readonly madeAt: number | null;
}

/** A rendition's row, which the constraints keep whole; null where there is none. */
export function toRendition(columns: RenditionColumns | null): RenditionRow | null {
  if (!columns) return null;
  const { preset, state, sha256, size, store, mimeType, reason, madeAt, ...shown } = columns;
  if (preset === null || madeAt === null) return null;
  if (state === 'failed' && reason !== null) return { state, preset, reason, madeAt };
  if (state !== 'ready' || sha256 === null || size === null || store === null || mimeType === null)
    return null;
  return { state, preset, sha256, size, store, mimeType, ...shown, madeAt };
}

import type { AssetFacts, AssetId, Preset, Rights, Sha256, UserId } from '@vitrine/schema';
import type { BlobStoreName } from '../ports/blob-store.ts';

/** A version with what is known of it. */
export interface VersionRecord {
  readonly assetId: AssetId;
  readonly number: number;
  readonly current: boolean;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly createdBy: { readonly id: UserId; readonly name: string };
  readonly note: string | null;
  readonly sourceUrl: string | null;
  readonly facts: AssetFacts;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  readonly rights: Rights;
  /** Where in a video its poster was chosen to be; null: not said. */
  readonly posterMs: number | null;
  /** Of the thumb; null while there is none. */
  readonly thumb: Sha256 | null;
}

export interface VersionReader {
  /** Newest first. */
  list(id: AssetId): Promise<VersionRecord[]>;
  find(version: { readonly assetId: AssetId; readonly number: number }): Promise<VersionRecord | null>;
}

export interface VersionWriter {
  /** Gives a version what was made of another one of the same bytes. Answers the presets that are ready with it. */
  copyRenditions(copy: {
    readonly assetId: AssetId;
    readonly from: number;
    readonly to: number;
  }): Promise<Preset[]>;
  setPoster(version: {
    readonly assetId: AssetId;
    readonly number: number;
    readonly posterMs: number | null;
  }): Promise<void>;
}

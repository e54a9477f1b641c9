import type {
  AssetFacts,
  AssetId,
  AssetType,
  CampaignId,
  ClientId,
  Preset,
  Sha256,
  UserId,
} from '@vitrine/schema';
import type { BlobStoreName } from '../ports/blob-store.ts';
import type { BlobDamage } from '../uploads/blob-repository.ts';

/** A version of an asset, as far as making something of it has to know. */
export interface RenditionSource {
  readonly assetId: AssetId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly version: number;
  readonly facts: AssetFacts;
  readonly size: number;
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  /** What is known to be wrong with the bytes. */
  readonly damage: BlobDamage | null;
  /** Where the user wants a video's poster to be taken; null: not said. */
  readonly posterMs: number | null;
}

/** What is known of a preset of a version; a preset without a row is pending. */
export type RenditionRow =
  | {
      readonly state: 'ready';
      readonly preset: Preset;
      readonly sha256: Sha256;
      readonly size: number;
      readonly store: BlobStoreName;
      readonly mimeType: string;
      /** Pixels; null for peaks. */
      readonly width: number | null;
      readonly height: number | null;
      readonly thumbhash: string | null;
      /** Milliseconds. */
      readonly madeAt: number;
    }
  | { readonly state: 'failed'; readonly preset: Preset; readonly reason: string; readonly madeAt: number };

/** A rendition of a version, and what the policy and the answer's headers need; null rendition: pending. */
export interface RenditionFile {
  readonly assetId: AssetId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly uploadedBy: UserId;
  readonly name: string;
  readonly version: number;
  readonly facts: AssetFacts;
  readonly rendition: RenditionRow | null;
  /** What is known to be wrong with the rendition's bytes: they may not be served then. */
  readonly damage: BlobDamage | null;
}

export interface RenditionReader {
  /** Null when the asset or the version is gone, or in the trash. `version` left out: the current one. */
  source(wanted: { readonly assetId: AssetId; readonly version?: number }): Promise<RenditionSource | null>;
  /**
   * One preset of a version (left out: the current one), in one row. Null when the version is gone, or the asset is gone or in the
   * trash.
   */
  find(wanted: {
    readonly assetId: AssetId;
    readonly preset: Preset;
    readonly version?: number | undefined;
  }): Promise<RenditionFile | null>;
  /** Assets whose current version has no `thumb` and no reason for it, by id; what a start looks for. */
  unmade(query: {
    readonly after: AssetId | null;
    readonly limit: number;
  }): Promise<{ readonly assetId: AssetId; readonly version: number }[]>;
  /** All presets of a version that are ready or failed. */
  of(version: { readonly assetId: AssetId; readonly version: number }): Promise<RenditionRow[]>;
}

export interface RenditionWriter {
  /** Puts one in place of whatever there was under the preset; the blob's row must exist. */
  put(
    version: { readonly assetId: AssetId; readonly version: number; readonly type: AssetType },
    row: RenditionRow,
  ): Promise<void>;
  /** Makes failed ones pending again; answers which. */
  forgetFailed(version: { readonly assetId: AssetId; readonly version: number }): Promise<readonly Preset[]>;
  /** Where a video's poster is taken from now on. */
  setPosterTime(version: {
    readonly assetId: AssetId;
    readonly version: number;
    readonly posterMs: number | null;
  }): Promise<void>;
}

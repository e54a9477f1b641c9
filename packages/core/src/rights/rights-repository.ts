import type { AssetId, AssetRights, Rights } from '@vitrine/schema';

export interface RightsReader {
  /** Null when there is no such version, or its asset is in the trash. `version` left out: the current one. */
  find(wanted: {
    readonly assetId: AssetId;
    readonly version?: number | undefined;
  }): Promise<AssetRights | null>;
}

export interface RightsWriter {
  /**
   * Replaces the rights of the current version, in one conditional change of the asset: null when its row is not at
   * `expectedRowVersion` any more, or is in the trash.
   */
  set(change: {
    readonly assetId: AssetId;
    readonly expectedRowVersion: number;
    readonly rights: Rights;
    /** Milliseconds. */
    readonly at: number;
  }): Promise<AssetRights | null>;
}

import type { AssetId, AssetType, ClientId, Derivation, Generation, VersionRef } from '@vitrine/schema';

/** Which way: to what a version is made of, or to what it is used in. */
export type LineageDirection = 'made_of' | 'used_in';

export interface LineageWalk {
  readonly direction: LineageDirection;
  /** Null: from every version of the asset. */
  readonly from: { readonly assetId: AssetId; readonly version: number | null };
  readonly depth: number;
  /** So many steps at most. */
  readonly limit: number;
}

/** One step of a walk, from the version that was reached before to the next. */
export interface LineageStep {
  readonly from: VersionRef;
  readonly to: VersionRef;
  /** What the source was used as in the product. */
  readonly role: string;
  /** The number of this step, from 1; a step that several ways lead to comes once for each of their lengths. */
  readonly depth: number;
  /** Of the asset that it leads to. */
  readonly name: string;
  readonly type: AssetType;
  /** Whether it leads to the asset's current version. */
  readonly current: boolean;
  readonly trashed: boolean;
}

export interface LineageReader {
  /** What a version itself is made of, by asset, version and role. */
  derivedFrom(version: VersionRef): Promise<Derivation[]>;
  generation(version: VersionRef): Promise<Generation | null>;
  /** Shortest ways first. */
  walk(walk: LineageWalk): Promise<LineageStep[]>;
  /** Which of these are versions of the client's assets that are not in the trash. */
  known(query: {
    readonly clientId: ClientId;
    readonly versions: readonly VersionRef[];
  }): Promise<VersionRef[]>;
  /** Whether any of these is made of the version, at however many steps. */
  anyMadeOf(version: VersionRef, products: readonly VersionRef[]): Promise<boolean>;
}

export interface LineageWriter {
  /**
   * Lets one transaction at a time change how a client's versions hang together, until it ends: two halves of a circle could
   * otherwise be written at once. Taken before anything else in the transaction is written.
   */
  lock(clientId: ClientId): Promise<void>;
  /** Replaces what the version is made of. All of these must be versions of the client's own assets. */
  setDerivedFrom(
    version: VersionRef & { readonly clientId: ClientId },
    of: readonly Derivation[],
  ): Promise<void>;
  /** Null: not generated. */
  setGeneration(version: VersionRef, generation: Generation | null): Promise<void>;
}

import type {
  AssetFacts,
  AssetId,
  AssetPosition,
  AssetSort,
  AssetType,
  CampaignId,
  ClientId,
  Rights,
  Role,
  Sha256,
  Stats,
  UserId,
} from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';
import type { BlobStoreName } from '../ports/blob-store.ts';
import type { BlobDamage } from '../uploads/blob-repository.ts';
import type { AssetRecord, TileRecord } from './asset-record.ts';

/** A filtered list, newest upload first unless said, ties by id. Assets in the trash are not in it. */
export interface AssetQuery {
  readonly visibility: Visibility;
  readonly clientId?: ClientId;
  readonly campaignId?: CampaignId;
  readonly type?: AssetType;
  /** The asset carries all of these roles. */
  readonly roles?: readonly Role[];
  /** The asset carries a free tag with each of these keys; see `tagKey` in the schema package. */
  readonly tagKeys?: readonly string[];
  readonly sort?: AssetSort;
  /** Continue behind this row, which is one of the same sort. */
  readonly after?: AssetPosition;
  readonly offset: number;
  readonly limit: number;
}

/** Where an asset's bytes are, and what they are served as. */
export interface AssetFile {
  readonly assetId: AssetId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly uploadedBy: UserId;
  readonly name: string;
  readonly type: AssetType;
  readonly format: string;
  readonly mimeType: string;
  readonly size: number;
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  /** What is known to be wrong with the bytes: they may not be served then. */
  readonly damage: BlobDamage | null;
  /** When these bytes came. */
  readonly uploadedAt: string;
}

/** An asset of a client that holds given bytes, in whatever version, in the trash or not. */
export interface HeldBytes {
  readonly assetId: AssetId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly uploadedBy: UserId;
  readonly rowVersion: number;
  readonly trashed: boolean;
  /** The version that has the bytes, and whether it is the current one. */
  readonly version: number;
  readonly current: boolean;
  readonly facts: AssetFacts;
  readonly mimeType: string;
  readonly size: number;
}

export interface AssetReader {
  /** Who of the client's assets has these bytes: those not in the trash first, then the newest; a hundred at most. */
  withBytes(query: { readonly clientId: ClientId; readonly sha256: Sha256 }): Promise<HeldBytes[]>;
  find(id: AssetId): Promise<AssetRecord | null>;
  /** A version's bytes (left out: the current one's); one row, for the file route. */
  findFile(id: AssetId, version?: number): Promise<AssetFile | null>;
  list(query: AssetQuery): Promise<AssetRecord[]>;
  /** The same rows as `list`, only what a tile draws. */
  listTiles(query: AssetQuery): Promise<TileRecord[]>;
  /** The tiles of those that may be seen and are not in the trash, in no order. */
  findTiles(query: {
    readonly ids: readonly AssetId[];
    readonly visibility: Visibility;
  }): Promise<TileRecord[]>;
  /** Only by client, campaign and kind, so that counters tell it to whoever sees all that they count. */
  count(query: Pick<AssetQuery, 'visibility' | 'clientId' | 'campaignId' | 'type'>): Promise<number>;
  /** Counted row by row, for whoever must not be told the counters. */
  stats(query: Pick<AssetQuery, 'visibility' | 'clientId' | 'campaignId'>): Promise<Stats>;
}

/** What a version says of itself beside its bytes. */
export interface VersionDetails {
  readonly note: string | null;
  /** Where it was fetched from. */
  readonly sourceUrl: string | null;
  readonly rights: Rights;
}

export interface NewVersion extends Partial<VersionDetails> {
  readonly id: AssetId;
  readonly expectedRowVersion: number;
  readonly userId: UserId;
  /** Of the asset's own kind. */
  readonly facts: AssetFacts;
  readonly mimeType: string;
  readonly size: number;
  readonly sha256: Sha256;
  /** Milliseconds. */
  readonly at: number;
}

/** What is left out of the details is null, and the rights unknown. */
export interface NewAsset extends Partial<VersionDetails> {
  readonly id: AssetId;
  readonly userId: UserId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly name: string;
  readonly facts: AssetFacts;
  readonly mimeType: string;
  readonly size: number;
  readonly sha256: Sha256;
  readonly roles: readonly Role[];
  /** Free tags as the user wrote them; rows are made for those the client does not have yet. */
  readonly tags: readonly string[];
  /** The folder that the file lay in. */
  readonly path?: string | null;
  /** Milliseconds. */
  readonly at: number;
}

export interface AssetPatch {
  readonly name?: string;
  readonly campaignId?: CampaignId | null;
  /** Replaces all roles. */
  readonly roles?: readonly Role[];
  /** Replaces all free tags. */
  readonly tags?: readonly string[];
  readonly priority?: number | null;
}

export interface AssetWriter {
  /** Inserts version 1, the asset, its roles and tags, and adds it to the counters. The blob's row must exist. */
  insert(asset: NewAsset): Promise<AssetRecord>;
  /** One conditional change: null when the row is not at `expectedRowVersion` any more, or is in the trash. */
  update(change: {
    id: AssetId;
    expectedRowVersion: number;
    patch: AssetPatch;
    at: number;
  }): Promise<AssetRecord | null>;
  /**
   * Adds a version behind the newest and makes it the current one; counters follow. The blob's row must exist. Null as `update`
   * answers it.
   */
  addVersion(version: NewVersion): Promise<AssetRecord | null>;
  /**
   * Gives it to another client, with its roles, tags, grants and embargo; it leaves the lists and share links of the old one. `linked`: it was
   * made of other assets, or others of it, and those stay where they are. Null as `update` answers it.
   */
  assign(change: {
    id: AssetId;
    expectedRowVersion: number;
    clientId: ClientId;
    campaignId: CampaignId | null;
    at: number;
  }): Promise<AssetRecord | 'linked' | null>;
  /** Fetches it back out of the trash and counts it again. Null when it is not there, or not at that row version. */
  restore(change: { id: AssetId; expectedRowVersion: number; at: number }): Promise<AssetRecord | null>;
  /** Moves it to the trash and takes it off the counters. False as `update` answers null. */
  trash(change: { id: AssetId; expectedRowVersion: number; at: number }): Promise<boolean>;
}

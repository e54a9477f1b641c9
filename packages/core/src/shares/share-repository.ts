import type {
  AssetId,
  CampaignId,
  ClientId,
  CollectionId,
  PagePosition,
  Person,
  Sha256,
  ShareId,
  ShareQuality,
  ShareVisit,
  ShareVisitKind,
  UserId,
} from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';

/** What a link shows, as it is kept: the assets of `asset` and `assets` are rows of their own. */
export type StoredTarget =
  | { readonly kind: 'asset' | 'assets' }
  | { readonly kind: 'collection'; readonly collectionId: CollectionId }
  | { readonly kind: 'campaign'; readonly campaignId: CampaignId };

/** What may be changed of a link. */
export interface ShareSettings {
  readonly name: string;
  readonly quality: ShareQuality;
  readonly downloads: boolean;
  /** Null: none is asked for. */
  readonly passwordHash: string | null;
  readonly maxUses: number | null;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** A link as the library knows it. Times in milliseconds. */
export interface ShareRecord extends ShareSettings {
  readonly id: ShareId;
  readonly clientId: ClientId;
  readonly createdBy: Person;
  readonly recipient: string | null;
  readonly target: StoredTarget;
  readonly uses: number;
  readonly revokedAt: number | null;
  readonly createdAt: number;
}

/** With what the overview tells of it. */
export interface ListedShare extends ShareRecord {
  /** Of `asset` and `assets`, in order. */
  readonly assetIds: readonly AssetId[];
  readonly downloadCount: number;
  readonly lastVisitAt: number | null;
}

export interface NewShare extends ShareSettings {
  readonly id: ShareId;
  readonly clientId: ClientId;
  readonly userId: UserId;
  readonly recipient: string | null;
  readonly target: StoredTarget;
  readonly assetIds: readonly AssetId[];
  readonly tokenHash: Sha256;
  readonly at: number;
}

export interface ShareReader {
  find(id: ShareId): Promise<ListedShare | null>;
  findByToken(tokenHash: Sha256): Promise<ShareRecord | null>;
  /** The newest first; those that show an asset by its name, if one is given. */
  list(query: {
    readonly clientId: ClientId;
    readonly assetId?: AssetId | undefined;
    readonly madeBy?: UserId | undefined;
    readonly after?: PagePosition | undefined;
    readonly limit: number;
  }): Promise<ListedShare[]>;
  /** What may be seen of the assets that links name, in order. */
  assetsOf(
    ids: readonly ShareId[],
    visibility: Visibility,
  ): Promise<ReadonlyMap<ShareId, readonly AssetId[]>>;
  /** What a link to assets shows of what may be seen, in order. A position's `at` is that in the link. */
  positions(query: {
    readonly id: ShareId;
    readonly visibility: Visibility;
    readonly after?: PagePosition | undefined;
    readonly limit: number;
  }): Promise<PagePosition[]>;
  /** Whether a link to assets names this one. */
  names(query: { readonly id: ShareId; readonly assetId: AssetId }): Promise<boolean>;
  /** The newest first. */
  visits(query: { readonly id: ShareId; readonly limit: number }): Promise<ShareVisit[]>;
}

export interface ShareWriter {
  insert(share: NewShare): Promise<void>;
  /** Holds the link until the transaction ends: whoever changes it or begins a visit waits. */
  lock(id: ShareId): Promise<void>;
  update(id: ShareId, settings: ShareSettings): Promise<void>;
  /** False when it was revoked before. */
  revoke(id: ShareId, at: number): Promise<boolean>;
  /** Counts one visit more; false when that would be too many. */
  begin(id: ShareId): Promise<boolean>;
  addVisit(visit: {
    readonly id: string;
    readonly shareId: ShareId;
    /** Milliseconds. */
    readonly at: number;
    readonly kind: ShareVisitKind;
    readonly assetId: AssetId | null;
    readonly address: string | null;
    readonly userAgent: string | null;
  }): Promise<void>;
  /**
   * Forgets who came before a moment (milliseconds), and answers of how many visits. How many came and what was saved stays: `uses`
   * counts those who opened the link, and of what was saved what and when is kept.
   */
  pruneVisits(before: number): Promise<number>;
  /**
   * Removes links that have ended (expired or revoked) of what is about to be deleted, with their visits. Answers how many are still
   * active, for which it cannot be deleted.
   */
  forgetEnded(query: {
    readonly of: { readonly collectionId: CollectionId } | { readonly campaignId: CampaignId };
    readonly at: number;
  }): Promise<number>;
}

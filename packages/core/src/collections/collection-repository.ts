import type { AssetId, ClientId, Collection, CollectionId, PagePosition, UserId } from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';

/** A collection as somebody sees it: what a list counts is what they see of it. */
interface Seen {
  readonly id: CollectionId;
  readonly visibility: Visibility;
}

export interface CollectionReader {
  /** Whose it is; null when there is none. */
  clientOf(id: CollectionId): Promise<ClientId | null>;
  find(collection: Seen): Promise<Collection | null>;
  /** A client's collections by name; `text` is folded. */
  list(query: {
    readonly clientId: ClientId;
    readonly visibility: Visibility;
    readonly text?: string;
    readonly limit: number;
  }): Promise<Collection[]>;
  /** A list's assets in their order, those in the trash left out. A position's `at` is that in the list. */
  positions(page: Seen & { readonly after?: PagePosition; readonly limit: number }): Promise<PagePosition[]>;
  /** Which of these are assets of the client that are not in the trash and may be seen; in no order. */
  eligible(query: {
    readonly clientId: ClientId;
    readonly ids: readonly AssetId[];
    readonly visibility: Visibility;
  }): Promise<AssetId[]>;
  /** Which of these the list holds and may be seen, in no order. */
  held(query: Seen & { readonly ids: readonly AssetId[]; readonly withTrash: boolean }): Promise<AssetId[]>;
  /** How many assets the list holds, seen or not. */
  count(id: CollectionId): Promise<number>;
  /** Everything that the list holds, in order: for numbering it anew. */
  order(id: CollectionId): Promise<AssetId[]>;
  /** Between which positions something goes that comes right before an asset, or at the end; null: there is nothing there. */
  gap(place: {
    readonly id: CollectionId;
    readonly before: AssetId | null;
    /** What is taken out of the order first. */
    readonly without: readonly AssetId[];
  }): Promise<{ readonly lower: number | null; readonly upper: number | null }>;
}

export type NewCollection = {
  readonly id: CollectionId;
  readonly clientId: ClientId;
  /** Who made it; kept, not shown. */
  readonly userId: UserId;
  readonly name: string;
  /** Milliseconds. */
  readonly at: number;
} & ({ readonly kind: 'list' } | { readonly kind: 'query'; readonly query: string });

export interface CollectionPatch {
  readonly name?: string;
  readonly query?: string;
}

export interface CollectionWriter {
  insert(collection: NewCollection): Promise<void>;
  /** Holds it until the transaction ends, so that what is read of its order stays so. */
  lock(id: CollectionId): Promise<void>;
  /** Of a collection that is locked: the patch, the time and another row version. */
  update(change: {
    readonly id: CollectionId;
    readonly patch: CollectionPatch;
    /** Milliseconds. */
    readonly at: number;
  }): Promise<void>;
  /** Puts assets at positions, wherever they were before, a few hundred at once. */
  put(places: {
    readonly id: CollectionId;
    readonly clientId: ClientId;
    readonly at: readonly { readonly assetId: AssetId; readonly position: number }[];
  }): Promise<void>;
  take(assets: { readonly id: CollectionId; readonly ids: readonly AssetId[] }): Promise<void>;
  /** With its order; the assets stay. */
  delete(id: CollectionId): Promise<void>;
}

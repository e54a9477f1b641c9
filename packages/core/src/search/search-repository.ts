import type {
  AssetFormat,
  AssetId,
  AssetType,
  CampaignId,
  ClientId,
  Role,
  Sha256,
  TagId,
} from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';
import type { AssetRecord, TileRecord } from '../assets/asset-record.ts';
import type { BlobStoreName } from '../ports/blob-store.ts';
import type { BlobDamage } from '../uploads/blob-repository.ts';
import type { SearchHit, SearchMatch, SearchPage } from './search-match.ts';

/** A name that assets are found by though it is not theirs. */
export type SearchName =
  | { readonly kind: 'client'; readonly id: ClientId; readonly name: string }
  | { readonly kind: 'campaign'; readonly id: CampaignId; readonly clientId: ClientId; readonly name: string }
  | { readonly kind: 'tag'; readonly id: TagId; readonly clientId: ClientId; readonly name: string };

/** How many of something there are; what names it is looked up elsewhere. */
export interface SearchCounts {
  readonly kinds: readonly { readonly value: AssetType; readonly count: number }[];
  readonly clients: readonly { readonly value: ClientId; readonly count: number }[];
  readonly campaigns: readonly { readonly value: CampaignId; readonly count: number }[];
}
export interface SampleCounts extends SearchCounts {
  readonly formats: readonly { readonly value: AssetFormat; readonly count: number }[];
  readonly roles: readonly { readonly value: Role; readonly count: number }[];
  readonly tags: readonly { readonly value: TagId; readonly count: number }[];
}

/** A document whose words are to be read. */
export interface TextSource {
  readonly assetId: AssetId;
  readonly version: number;
  readonly format: AssetFormat;
  readonly pageCount: number | null;
  readonly size: number;
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  /** What is known to be wrong with the bytes. */
  readonly damage: BlobDamage | null;
}

/** How much of an asset the index has. */
export interface SearchState {
  readonly assetId: AssetId;
  readonly version: number;
  readonly indexed: boolean;
  /** Whether it has no words inside, or they were read of this version. */
  readonly read: boolean;
}

export interface SearchReader {
  /** Clients, campaigns and tags that may be seen, by id within their kind; at most 20,000 of each. */
  names(query: {
    readonly visibility: Visibility;
    readonly clientId?: ClientId;
    readonly kinds: readonly SearchName['kind'][];
  }): Promise<SearchName[]>;
  find(page: SearchPage): Promise<SearchHit[]>;
  /** In the order of the ids; those in the trash are left out. */
  records(ids: readonly AssetId[]): Promise<AssetRecord[]>;
  tiles(ids: readonly AssetId[]): Promise<TileRecord[]>;
  /** The newest matches, counted. `total` is how many were looked at. */
  sample(match: SearchMatch & { readonly limit: number }): Promise<SampleCounts & { readonly total: number }>;
  /** Everything that may be seen, from counters. */
  counted(query: {
    readonly visibility: Visibility;
    readonly clientId?: ClientId;
    readonly campaignId?: CampaignId;
  }): Promise<SearchCounts>;
  /** Assets that are not in the trash, by id, whatever the index has of them: for a walk through all of them. */
  states(walk: { readonly after: AssetId | null; readonly limit: number }): Promise<SearchState[]>;
  /** Null unless it is a document, not in the trash, and this is its current version. */
  textSource(version: { readonly assetId: AssetId; readonly version: number }): Promise<TextSource | null>;
}

export interface SearchWriter {
  /** Writes to the index what the rows say now; an asset that is in the trash or gone goes from it. */
  reindex(id: AssetId): Promise<void>;
  /** Does a little of what makes searches faster; false when nothing is left. `begin` starts over. */
  tidy(begin: boolean): Promise<boolean>;
  /** Keeps the words of a document in place of those of another version, and reindexes it. */
  putText(text: {
    readonly assetId: AssetId;
    readonly version: number;
    readonly text: string;
  }): Promise<void>;
}

import type { AssetFacts, AssetId, CampaignId, ClientId, Rights, Role, Sha256 } from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';

/** The current version of an asset that may be chosen. */
export interface ContextCandidate {
  readonly id: AssetId;
  readonly version: number;
  readonly sha256: Sha256;
  readonly name: string;
  /** Null: the client's own. */
  readonly campaignId: CampaignId | null;
  readonly facts: AssetFacts;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly rights: Rights;
  /** As it was set on the asset; null: not. */
  readonly rank: number | null;
  /** Milliseconds. */
  readonly uploadedAt: number;
}

/** What an answer shows beside the version itself. */
export interface ContextLabels {
  readonly id: AssetId;
  /** The current one. */
  readonly version: number;
  readonly tags: readonly string[];
  /** The thumb of that version; null while there is none. */
  readonly thumb: Sha256 | null;
}

export interface ContextQuery {
  readonly visibility: Visibility;
  readonly clientId: ClientId;
  /** The campaign whose assets come before the client's own; null: only the client's own, of no campaign. */
  readonly campaignId: CampaignId | null;
  /** Only assets that carry it; null: all assets. */
  readonly role: Role | null;
  readonly offset: number;
  readonly limit: number;
}

export interface ContextReader {
  /**
   * Who may be chosen, in the order of choice: the campaign's before the client's own, then by priority (those without one last),
   * then newest first, then by id (descending). Assets in the trash are not among them.
   */
  candidates(query: ContextQuery): Promise<ContextCandidate[]>;
  /** Those of these that are the client's and not in the trash, in no order. */
  named(query: {
    readonly clientId: ClientId;
    readonly ids: readonly AssetId[];
    readonly visibility: Visibility;
  }): Promise<ContextCandidate[]>;
  /** In no order. */
  labels(ids: readonly AssetId[]): Promise<ContextLabels[]>;
}

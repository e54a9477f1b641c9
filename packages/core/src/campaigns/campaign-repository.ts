import type { Campaign, CampaignBrief, CampaignId, CampaignStatus, ClientId, Stats } from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';
import type { Deletion } from '../deletion.ts';

export interface CampaignQuery {
  readonly visibility: Visibility;
  readonly clientId?: ClientId;
}

export interface CampaignReader {
  find(id: CampaignId): Promise<Campaign | null>;
  /** Newest first. */
  list(query: CampaignQuery): Promise<Campaign[]>;
  /** From counters: nothing is counted live. */
  stats(id: CampaignId): Promise<Stats>;
}

export interface NewCampaign {
  readonly id: CampaignId;
  readonly clientId: ClientId;
  readonly name: string;
  readonly goal: string;
  readonly status: CampaignStatus;
  readonly brief: CampaignBrief | null;
  /** Milliseconds. */
  readonly at: number;
  /** Milliseconds; `at` unless said. */
  readonly updatedAt?: number;
}

export interface CampaignPatch {
  readonly name?: string;
  readonly goal?: string;
  readonly status?: CampaignStatus;
  readonly brief?: CampaignBrief | null;
}

export interface CampaignWriter {
  insert(campaign: NewCampaign): Promise<Campaign>;
  /** Holds it until the transaction ends: whoever makes something for it waits. */
  lock(id: CampaignId): Promise<void>;
  /** One conditional statement: null when the row is not at `expectedRowVersion` any more. */
  update(change: {
    id: CampaignId;
    expectedRowVersion: number;
    patch: CampaignPatch;
    at: number;
  }): Promise<Campaign | null>;
  /**
   * Removes it with its counters, if it holds nothing and nobody edited it since that row version; answers what came of it.
   */
  delete(id: CampaignId, expectedRowVersion: number): Promise<Deletion>;
}

import type { CampaignId, ClientId, UserId } from '@vitrine/schema';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { LegacySettled } from './legacy-repository.ts';
import type { LegacySource } from './legacy-source.ts';

/** What is to become of a row, before it has. */
export interface LegacyStep extends LegacySettled {
  /** Its bytes, if there are any: of an asset, or to be kept as they are. They are discarded once the step is done. */
  readonly staged?: StagedBlob;
  /** Makes it so; `at` is now, in milliseconds. */
  readonly write?: (writers: Writers, at: number) => Promise<void>;
}

/** Who is who: what rows of the old system are here, by the id that follows from theirs. */
interface LegacyKnown {
  /** By their old id as text. */
  readonly users: Map<string, UserId>;
  readonly clients: Map<string, { readonly id: ClientId; readonly userId: UserId }>;
  readonly campaigns: Map<string, { readonly id: CampaignId; readonly clientId: ClientId }>;
  /** What an asset's row became, by the id that follows from its own; null where its bytes are missing. */
  readonly assets: Map<string, string | null>;
  /** What a row of `asset_blobs` was used for. */
  readonly blobs: Map<string, { readonly targetId: string; readonly as: 'bytes' | 'thumbnail' }>;
}

/** One import, from its first row to its last. */
export interface LegacyRun {
  readonly dependencies: ServiceDependencies;
  readonly source: LegacySource;
  readonly known: LegacyKnown;
  /** Nothing is written. */
  readonly dryRun: boolean;
  readonly ownerId: UserId;
  /** The row that becomes the owner, where there is none. */
  readonly ownerKey: string | null;
}

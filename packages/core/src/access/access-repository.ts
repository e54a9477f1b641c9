import type { AssetId, ClientId, UserId } from '@vitrine/schema';
import type { Visibility } from './policy.ts';
import type { Place, Standing } from './standing.ts';

export interface AccessReader {
  standing(query: Place & { readonly userId: UserId }): Promise<Standing>;
  /** Those of these assets that may be seen, in the trash or not, in no order. */
  visible(query: { readonly ids: readonly AssetId[]; readonly visibility: Visibility }): Promise<AssetId[]>;
  /**
   * Whether the user sees every asset of the client (left out: of each client of which they see anything), so that its counters tell
   * them nothing that a list would not.
   */
  seesWhole(query: { readonly userId: UserId; readonly clientId?: ClientId }): Promise<boolean>;
}

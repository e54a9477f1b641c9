import type { AssetId, ClientId } from '@vitrine/schema';
import { eq, or } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

type Tables = RepositoryContext['tables'];

/** What was said of an asset alone, and goes with it to another client. */
interface Held {
  readonly grants: readonly Tables['assetGrants']['$inferSelect'][];
  readonly hidden: readonly Tables['hiddenAssets']['$inferSelect'][];
}

/** The rows that tie an asset to its client: each names both, so that none may be there while the asset changes hands. */
export interface ClientTies {
  /** Whether the asset was made of others, or others of it. */
  areThere(id: AssetId): Promise<boolean>;
  /** Takes it out of the lists and share links of its client, takes its tags away, and answers what goes with it. */
  loosen(id: AssetId): Promise<Held>;
  fasten(asset: { readonly id: AssetId; readonly clientId: ClientId }, held: Held): Promise<void>;
}

export function createClientTies({ db, tables }: RepositoryContext): ClientTies {
  const { derivations, assetTags, collectionAssets, shareAssets, assetGrants, hiddenAssets } = tables;

  return {
    async areThere(id) {
      const [one] = await db
        .select({ id: derivations.assetId })
        .from(derivations)
        .where(or(eq(derivations.assetId, id), eq(derivations.sourceAssetId, id)))
        .limit(1);
      return one !== undefined;
    },

    async loosen(id) {
      await db.delete(assetTags).where(eq(assetTags.assetId, id));
      await db.delete(collectionAssets).where(eq(collectionAssets.assetId, id));
      await db.delete(shareAssets).where(eq(shareAssets.assetId, id));
      return {
        grants: await db.delete(assetGrants).where(eq(assetGrants.assetId, id)).returning(),
        hidden: await db.delete(hiddenAssets).where(eq(hiddenAssets.assetId, id)).returning(),
      };
    },

    async fasten({ clientId }, { grants, hidden }) {
      if (grants.length > 0) await db.insert(assetGrants).values(grants.map((one) => ({ ...one, clientId })));
      if (hidden.length > 0)
        await db.insert(hiddenAssets).values(hidden.map((one) => ({ ...one, clientId })));
    },
  };
}

import type { Ids } from '@vitrine/core';
import type { AssetId, AssetType, ClientId, Role } from '@vitrine/schema';
import { tagKey } from '@vitrine/schema';
import { and, eq, inArray } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** Writes the roles and free tags of an asset. */
export interface AssetTags {
  addRoles(asset: { id: AssetId; type: AssetType }, roles: readonly Role[]): Promise<void>;
  replaceRoles(asset: { id: AssetId; type: AssetType }, roles: readonly Role[]): Promise<void>;
  /** Makes the tags that the client does not have yet. */
  addTags(asset: { id: AssetId; clientId: ClientId }, names: readonly string[]): Promise<void>;
  replaceTags(asset: { id: AssetId; clientId: ClientId }, names: readonly string[]): Promise<void>;
}

export function createAssetTags({ db, tables }: RepositoryContext, ids: Pick<Ids, 'tag'>): AssetTags {
  const { assetRoles, tags, assetTags } = tables;

  const writer: AssetTags = {
    async addRoles({ id, type }, roles) {
      const unique = [...new Set(roles)];
      if (unique.length === 0) return;
      await db.insert(assetRoles).values(unique.map((role) => ({ assetId: id, type, role })));
    },

    async replaceRoles(asset, roles) {
      await db.delete(assetRoles).where(eq(assetRoles.assetId, asset.id));
      await writer.addRoles(asset, roles);
    },

    async addTags({ id, clientId }, names) {
      // In one order for everybody, so that two writers never wait for each other's tags crosswise.
      const byKey = new Map([...names].reverse().map((name) => [tagKey(name), name]));
      const keys = [...byKey.keys()].sort();
      if (keys.length === 0) return;
      const known = await db
        .select({ id: tags.id, nameKey: tags.nameKey })
        .from(tags)
        .where(and(eq(tags.clientId, clientId), inArray(tags.nameKey, keys)));
      const found = new Set(known.map(({ nameKey }) => nameKey));
      const missing = keys.filter((key) => !found.has(key));
      if (missing.length > 0) {
        await db
          .insert(tags)
          .values(
            missing.map((nameKey) => ({
              id: ids.tag(),
              clientId,
              nameKey,
              name: byKey.get(nameKey) ?? nameKey,
            })),
          )
          .onConflictDoNothing();
      }
      const all =
        missing.length === 0
          ? known
          : await db
              .select({ id: tags.id })
              .from(tags)
              .where(and(eq(tags.clientId, clientId), inArray(tags.nameKey, keys)));
      await db.insert(assetTags).values(all.map((tag) => ({ assetId: id, tagId: tag.id, clientId })));
    },

    async replaceTags(asset, names) {
      await db.delete(assetTags).where(eq(assetTags.assetId, asset.id));
      await writer.addTags(asset, names);
    },
  };
  return writer;
}

import type { AccessReader } from '@vitrine/core';
import type { ExceptionRole, GrantRole } from '@vitrine/schema';
import { and, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleAsset } from './visibility.ts';

const value = (name: string) => sql.placeholder(name);
const oneRow = sql`(select 1) as one`;
const yes = (condition: SQL) => sql<number | string>`case when ${condition} then 1 else 0 end`;

export function createAccessRepository(context: RepositoryContext): AccessReader {
  const { db, tables } = context;
  const { assets, clientGrants, campaignGrants, assetGrants, hiddenAssets } = tables;

  const opened = (table: typeof campaignGrants | typeof assetGrants) =>
    sql`exists (select 1 from ${table} where ${and(
      eq(table.userId, value('userId')),
      eq(table.clientId, value('clientId')),
      ne(table.role, 'none'),
    )})`;

  const standing = once(() =>
    db
      .select({
        client: sql<GrantRole | null>`(select ${clientGrants.role} from ${clientGrants} where ${and(
          eq(clientGrants.userId, value('userId')),
          eq(clientGrants.clientId, value('clientId')),
        )})`,
        campaign: sql<ExceptionRole | null>`(select ${campaignGrants.role} from ${campaignGrants} where ${and(
          eq(campaignGrants.userId, value('userId')),
          eq(campaignGrants.campaignId, value('campaignId')),
        )})`,
        asset: sql<ExceptionRole | null>`(select ${assetGrants.role} from ${assetGrants} where ${and(
          eq(assetGrants.userId, value('userId')),
          eq(assetGrants.assetId, value('assetId')),
        )})`,
        guest: yes(sql`${opened(campaignGrants)} or ${opened(assetGrants)}`),
        hidden: yes(
          sql`exists (select 1 from ${hiddenAssets} where ${eq(hiddenAssets.assetId, value('assetId'))})`,
        ),
      })
      .from(oneRow)
      .prepare(),
  );

  return {
    async standing(query) {
      const [row] = await standing().execute({ ...query });
      if (!row) throw new Error('A query without a table answered no row.');
      return { ...row, guest: Number(row.guest) === 1, hidden: Number(row.hidden) === 1 };
    },

    async visible({ ids, visibility }) {
      if (ids.length === 0) return [];
      const rows = await db
        .select({ id: assets.id })
        .from(assets)
        .where(and(inArray(assets.id, [...ids]), visibleAsset(context, visibility)));
      return rows.map(({ id }) => id);
    },

    async seesWhole({ userId, clientId }) {
      const ofClient = (table: typeof clientGrants | typeof campaignGrants | typeof assetGrants) =>
        and(eq(table.userId, userId), clientId ? eq(table.clientId, clientId) : undefined);
      const exceptions = [campaignGrants, assetGrants].map(
        (table) => sql`exists (select 1 from ${table} where ${ofClient(table)})`,
      );
      const own = and(ofClient(clientGrants), eq(clientGrants.role, 'contributor'));
      const hidden = and(
        ofClient(clientGrants),
        ne(clientGrants.role, 'manager'),
        eq(hiddenAssets.clientId, clientGrants.clientId),
      );
      const [row] = await db
        .select({
          parts: yes(
            sql.join(
              [
                ...exceptions,
                sql`exists (select 1 from ${clientGrants} where ${own})`,
                sql`exists (select 1 from ${clientGrants}, ${hiddenAssets} where ${hidden})`,
              ],
              sql` or `,
            ),
          ),
        })
        .from(oneRow);
      return Number(row?.parts) === 0;
    },
  };
}

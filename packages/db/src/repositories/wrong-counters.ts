import type { AssetType, CampaignId, ClientId } from '@vitrine/schema';
import { and, count, eq, isNull, or, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

interface WrongCounter {
  readonly of: 'client' | 'campaign';
  readonly id: ClientId | CampaignId;
  readonly type: AssetType;
  readonly text: string;
}

/** Finds counters that are not the sums of what is there, and makes them so. */
export interface WrongCounters {
  find(): Promise<WrongCounter[]>;
  /** Answers how many were wrong. */
  correct(): Promise<number>;
}

export function wrongCountersIn({ db, tables, dialect }: RepositoryContext): WrongCounters {
  const { assets, assetVersions, campaignCounters, clientCounters } = tables;

  const kinds = {
    client: { counters: clientCounters, owner: clientCounters.clientId, of: assets.clientId },
    campaign: { counters: campaignCounters, owner: campaignCounters.campaignId, of: assets.campaignId },
  } as const;
  const current = and(eq(assetVersions.assetId, assets.id), eq(assetVersions.number, assets.currentVersion));

  async function wrongOf(kind: 'client' | 'campaign'): Promise<WrongCounter[]> {
    const { counters, owner, of } = kinds[kind];
    const actual = db
      .select({
        owner: of,
        type: assets.type,
        number: count().as('actual_number'),
        size: sql<number>`sum(${assetVersions.size})`.as('actual_size'),
      })
      .from(assets)
      .innerJoin(assetVersions, current)
      .where(isNull(assets.trashedAt))
      .groupBy(of, assets.type)
      .as('actual');
    const number = sql<number>`coalesce(${actual.number}, 0)`;
    const size = sql<number>`coalesce(${actual.size}, 0)`;
    const rows = await db
      .select({ id: owner, type: counters.type, count: counters.count, bytes: counters.bytes, number, size })
      .from(counters)
      .leftJoin(actual, and(eq(actual.owner, owner), eq(actual.type, counters.type)))
      .where(or(sql`${number} <> ${counters.count}`, sql`${size} <> ${counters.bytes}`));
    return rows.map((row) => ({
      of: kind,
      id: row.id,
      type: row.type,
      text: `${kind} ${row.id}, ${row.type}: counted ${row.count} of ${row.bytes} bytes, there are ${row.number} of ${row.size}`,
    }));
  }

  async function correctOne({ of: kind, id, type }: WrongCounter): Promise<void> {
    const { counters, owner, of } = kinds[kind];
    const where = and(eq(owner, id), eq(counters.type, type)) ?? sql`false`;
    // Whoever counts something in or out waits; what they wrote before is seen by the sums below.
    await dialect.lockRow(db, { table: sql`${counters}`, where });
    const [sums] = await db
      .select({ number: count(), size: sql<number>`coalesce(sum(${assetVersions.size}), 0)` })
      .from(assets)
      .innerJoin(assetVersions, current)
      .where(and(eq(of, id), eq(assets.type, type), isNull(assets.trashedAt)));
    await db
      .update(counters)
      .set({ count: sums?.number ?? 0, bytes: Number(sums?.size ?? 0) })
      .where(where);
  }

  const find = async () => [...(await wrongOf('client')), ...(await wrongOf('campaign'))];
  return {
    find,
    async correct() {
      const wrong = await find();
      for (const one of wrong) await correctOne(one);
      return wrong.length;
    },
  };
}

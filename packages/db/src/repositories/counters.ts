import type { AssetType, CampaignId, ClientId } from '@vitrine/schema';
import { and, eq, sql } from 'drizzle-orm';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';

interface Place {
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
}

/** How much comes or goes: one asset of a kind and its bytes. */
interface Amount {
  readonly type: AssetType;
  readonly count: 1 | -1;
  /** Positive; the sign is that of `count`. */
  readonly size: number;
}

/** Keeps the counters of clients and campaigns, in the transaction that changes the assets. */
export interface Counters {
  /** Counts an asset in or out at its client. */
  addToClient(clientId: ClientId, amount: Amount): Promise<void>;
  /** Counts it in or out at its campaign. */
  addToCampaign(campaignId: CampaignId, amount: Amount): Promise<void>;
  add(place: Place, amount: Amount): Promise<void>;
}

export function createCounters({ db, tables }: RepositoryContext): Counters {
  const { clientCounters, campaignCounters } = tables;

  const value = (name: string) => sql.placeholder(name);
  const ofClient = once(() =>
    db
      .update(clientCounters)
      .set({
        count: sql`${clientCounters.count} + ${value('count')}`,
        bytes: sql`${clientCounters.bytes} + ${value('bytes')}`,
      })
      .where(and(eq(clientCounters.clientId, value('id')), eq(clientCounters.type, value('type'))))
      .returning({ type: clientCounters.type })
      .prepare(),
  );
  const ofCampaign = once(() =>
    db
      .update(campaignCounters)
      .set({
        count: sql`${campaignCounters.count} + ${value('count')}`,
        bytes: sql`${campaignCounters.bytes} + ${value('bytes')}`,
      })
      .where(and(eq(campaignCounters.campaignId, value('id')), eq(campaignCounters.type, value('type'))))
      .returning({ type: campaignCounters.type })
      .prepare(),
  );

  // The rows are made with their client or campaign, so an update that finds none means a broken database.
  function assertCounted(rows: readonly unknown[], what: string): void {
    if (rows.length !== 1) throw new Error(`There is no counter for ${what}.`);
  }

  const counters: Counters = {
    async addToClient(clientId, { type, count, size }) {
      const rows = await ofClient().execute({ id: clientId, type, count, bytes: count * size });
      assertCounted(rows, `the client ${clientId}`);
    },

    async addToCampaign(campaignId, { type, count, size }) {
      const rows = await ofCampaign().execute({ id: campaignId, type, count, bytes: count * size });
      assertCounted(rows, `the campaign ${campaignId}`);
    },

    async add({ clientId, campaignId }, amount) {
      await counters.addToClient(clientId, amount);
      if (campaignId) await counters.addToCampaign(campaignId, amount);
    },
  };
  return counters;
}

import type { NewAsset } from '@vitrine/core';
import type { Role } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What the database answers to a question about what may be generated with. */
export function describeContext(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`the candidates of a context on ${name}`, () => {
    let target: TestDatabase;

    beforeAll(async () => {
      target = await open();
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const read: TestDatabase['database']['read'] = (work) => target.database.read(work);
    const write: TestDatabase['database']['transaction'] = (work) => target.database.transaction(work);

    async function insert(agency: Agency, change: Partial<NewAsset> & { rank?: number | null } = {}) {
      const { rank = null, ...rest } = change;
      const fresh = newAsset(agency, rest);
      await write((writers) => writers.assets.insert(fresh));
      await target.sql('update assets set priority = ? where id = ?', [rank, fresh.id]);
      return { ...fresh, rank };
    }
    const candidates = (agency: Agency, change: object = {}) =>
      read((readers) =>
        readers.context.candidates({
          clientId: agency.clientId,
          campaignId: agency.campaignId,
          role: 'subject',
          visibility: { kind: 'all' },
          offset: 0,
          limit: 100,
          ...change,
        }),
      );

    it('come in the order of choice, whatever order they were made in, and in pages', async () => {
      const one = fc.record({
        ofCampaign: fc.boolean(),
        rank: fc.option(fc.integer({ min: 1, max: 3 })),
        at: fc.integer({ min: 1, max: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(one, { maxLength: 8 }), async (made) => {
          const agency = await seedAgency(target);
          const rows: Awaited<ReturnType<typeof insert>>[] = [];
          for (const { ofCampaign, ...rest } of made) {
            const campaignId = ofCampaign ? agency.campaignId : null;
            rows.push(await insert(agency, { ...rest, campaignId, roles: ['subject'] }));
          }
          const key = (row: (typeof rows)[number]) => [
            row.campaignId === null ? 1 : 0,
            row.rank ?? 9,
            9 - row.at,
          ];
          const expected = rows
            .sort((a, b) => String(key(a)).localeCompare(String(key(b))) || (a.id < b.id ? 1 : -1))
            .map(({ id }) => id);
          expect((await candidates(agency)).map(({ id }) => id)).toEqual(expected);
          const [first, rest] = [
            await candidates(agency, { limit: 3 }),
            await candidates(agency, { offset: 3 }),
          ];
          expect([...first, ...rest].map(({ id }) => id)).toEqual(expected);
          const own = await candidates(agency, { campaignId: null });
          expect(own.map(({ id }) => id)).toEqual(
            rows.filter(({ campaignId }) => campaignId === null).map(({ id }) => id),
          );
        }),
        { numRuns: runs },
      );
    });

    it('are those of the client and the campaign that carry the role and are not in the trash', async () => {
      const agency = await seedAgency(target);
      const other = await seedAgency(target);
      const roles: readonly Role[] = ['subject', 'brand_logo'];
      const mine = await insert(agency, { roles, tags: ['harbour'], campaignId: agency.campaignId });
      await insert(agency, { roles, campaignId: agency.otherCampaignId });
      await insert(other, { roles });
      const untagged = await insert(agency);
      const trashed = await insert(agency, { roles });
      await write((writers) => writers.assets.trash({ id: trashed.id, expectedRowVersion: 1, at: 9 }));
      const found = await candidates(agency);
      expect(found).toEqual([
        {
          id: mine.id,
          version: 1,
          sha256: mine.sha256,
          name: mine.name,
          campaignId: agency.campaignId,
          facts: mine.facts,
          mimeType: mine.mimeType,
          size: mine.size,
          rights: expect.objectContaining({ aiUse: 'unknown', to: null }),
          rank: null,
          uploadedAt: mine.at,
        },
      ]);
      expect((await candidates(agency, { role: null })).map(({ id }) => id)).toEqual([mine.id, untagged.id]);
      const named = await read((readers) =>
        readers.context.named({
          clientId: agency.clientId,
          ids: [mine.id, trashed.id],
          visibility: { kind: 'all' },
        }),
      );
      expect(named.map(({ id }) => id)).toEqual([mine.id]);
      expect(
        await read((readers) =>
          readers.context.named({ clientId: other.clientId, ids: [mine.id], visibility: { kind: 'all' } }),
        ),
      ).toEqual([]);
      expect(await read((readers) => readers.context.labels([mine.id]))).toEqual([
        { id: mine.id, version: 1, tags: ['subject', 'brand_logo', 'harbour'], thumb: null },
      ]);
    });
  });
}

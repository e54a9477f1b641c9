import type { Database, Examined } from '@vitrine/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** The rules among the rows are looked at alike in every dialect. */
export function describeExamination(name: string, open: () => Promise<TestDatabase>): void {
  describe(`examining the rows on ${name}`, () => {
    let target: TestDatabase;
    let database: Database;
    let agency: Agency;
    const wrongCounters = () => database.read((readers) => readers.examination.wrongCounters());

    beforeAll(async () => {
      target = await open();
      database = target.database;
      agency = await seedAgency(target);
      await database.transaction(async (writers) => {
        await writers.assets.insert(newAsset(agency));
        await writers.assets.insert(newAsset(agency, { campaignId: agency.campaignId, type: 'video' }));
      });
    });
    afterAll(() => target[Symbol.asyncDispose]());

    it('finds nothing where nothing is wrong, but that no event tells of what was made past the use cases', async () => {
      const found = await database.read(async ({ examination }) => ({
        integrity: await examination.integrity(),
        withoutBlob: await examination.withoutBlob(),
        damaged: await examination.damaged(),
        wronglyMarked: await examination.wronglyMarked(),
        overdue: await examination.overdue(1e15),
        wrongCounters: await examination.wrongCounters(),
      }));
      for (const examined of Object.values<Examined>(found))
        expect(examined).toEqual({ count: 0, examples: [] });
      const unrecorded = await database.read((readers) => readers.examination.unrecorded());
      // One client, two campaigns, two assets.
      expect(unrecorded.count).toBe(5);
      expect(unrecorded.examples).toContain(`client ${agency.clientId}`);
    });

    it('finds counters that are no sums, and makes them right', async () => {
      await target.sql("update client_counters set bytes = 3, count = 9 where type in ('image', 'audio')");
      await target.sql("update campaign_counters set count = 0 where type = 'video'");
      expect((await wrongCounters()).count).toBe(3);
      expect((await wrongCounters()).examples).toContain(
        `client ${agency.clientId}, image: counted 9 of 3 bytes, there are 1 of 10`,
      );
      expect(await database.transaction((writers) => writers.examination.recount())).toBe(3);
      expect((await wrongCounters()).count).toBe(0);
    });

    it('finds used bytes that are marked as unused, and takes the mark off', async () => {
      await target.sql('update blobs set unreferenced_at = 5');
      const found = () => database.read((readers) => readers.examination.wronglyMarked());
      expect(await found()).toEqual({ count: 1, examples: [agency.sha256] });
      expect(await database.transaction((writers) => writers.examination.unmark())).toBe(1);
      expect((await found()).count).toBe(0);
    });

    it('names the assets whose bytes are damaged', async () => {
      await target.sql("update blobs set damaged_at = 5, damage = 'missing'");
      const found = await database.read((readers) => readers.examination.damaged());
      expect(found.count).toBe(1);
      expect(found.examples).toHaveLength(2);
      expect(found.examples[0]).toMatch(/version 1: missing$/);
    });

    it('notes a second copy once, and never where the bytes are', async () => {
      const note = (store: 'disk' | 'database') =>
        database.transaction((writers) =>
          writers.examination.noteCopies({ sha256s: [agency.sha256], store, at: 7 }),
        );
      expect(await note('disk')).toBe(0);
      expect(await note('database')).toBe(1);
      expect(await note('database')).toBe(0);
      expect(await database.read((readers) => readers.examination.places([agency.sha256]))).toEqual([
        { sha256: agency.sha256, store: 'disk', movedFrom: 'database' },
      ]);
    });
  });
}

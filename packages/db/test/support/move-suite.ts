import type { Database } from '@vitrine/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exampleSha256 as sha256 } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** Where bytes lie, and what moves leave behind, behaves alike in every dialect. */
export function describeMoves(name: string, open: () => Promise<TestDatabase>): void {
  describe(`moving bytes on ${name}`, () => {
    let target: TestDatabase;
    let database: Database;
    const settle = (at = 100) =>
      database.transaction((writers) => writers.moves.settle({ sha256, from: 'disk', to: 'database', at }));
    const take = (by: number, at: number) =>
      database.transaction((writers) => writers.moves.takeCopies({ by, limit: 10, at }));
    const place = async () =>
      (await database.read((readers) => readers.examination.places([sha256])))[0] ?? null;

    beforeAll(async () => {
      target = await open();
      database = target.database;
    });
    afterAll(() => target[Symbol.asyncDispose]());
    beforeEach(async () => {
      await target.sql('delete from blobs');
      await database.transaction((writers) =>
        writers.blobs.ensure({ sha256, size: 4, store: 'disk', known: false, at: 1 }),
      );
    });

    it('names what lies elsewhere, in pages, until it has been moved', async () => {
      const elsewhere = (after: typeof sha256 | null) =>
        database.read((readers) => readers.moves.elsewhere({ to: 'database', after, limit: 10 }));
      const blob = { sha256, size: 4, store: 'disk', isDamaged: false, hasCopy: false };
      expect(await elsewhere(null)).toEqual([blob]);
      expect(await elsewhere(sha256)).toEqual([]);
      const left = () => database.read((readers) => readers.moves.countElsewhere('database'));
      expect(await left()).toEqual({ blobs: 1, bytes: 4 });
      expect(await settle()).toBe(true);
      expect(await elsewhere(null)).toEqual([]);
      expect(await left()).toEqual({ blobs: 0, bytes: 0 });
    });

    it.each([
      ['was moved by somebody else', "store = 'memory'"],
      ['has a copy left', "moved_from = 'memory', moved_at = 1"],
      ['is damaged', "damaged_at = 1, damage = 'missing'"],
      ['is being deleted', 'deleting_at = 1'],
    ])('changes nothing of a row that %s', async (_what, change) => {
      await target.sql(`update blobs set ${change}`);
      const before = await target.sql('select * from blobs');
      expect(await settle()).toBe(false);
      expect(await target.sql('select * from blobs')).toEqual(before);
    });

    it('gives each copy to one who removes it, and to another when that one has not ended', async () => {
      await settle(100);
      expect(await take(99, 200)).toEqual([]);
      const [mine] = await take(100, 200);
      expect(mine).toEqual({ sha256, store: 'disk', since: 200 });
      expect(await take(199, 300)).toEqual([]);
      const [theirs] = await take(200, 300);
      if (!mine || !theirs) throw new Error('There was no copy.');
      await database.transaction((writers) => writers.moves.forgetCopy(mine));
      expect(await place()).toMatchObject({ store: 'database', movedFrom: 'disk' });
      await database.transaction((writers) => writers.moves.forgetCopy(theirs));
      expect(await place()).toEqual({ sha256, store: 'database', movedFrom: null });
    });
  });
}

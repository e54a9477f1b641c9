import type { BlobState, Database } from '@vitrine/core';
import { type Sha256, sha256Schema } from '@vitrine/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestDatabase } from './test-database.ts';

const hashOf = (digit: number): Sha256 => sha256Schema.parse(String(digit).repeat(64));

/** What is known of stored bytes behaves alike in every dialect. */
export function describeHealth(name: string, open: () => Promise<TestDatabase>): void {
  describe(`what is known of stored bytes on ${name}`, () => {
    let target: TestDatabase;
    let database: Database;
    const read: Database['read'] = (work) => database.read(work);
    const write: Database['transaction'] = (work) => database.transaction(work);
    const least = (before: number, limit = 10) =>
      read((readers) => readers.health.leastVerified({ before, limit }));

    beforeAll(async () => {
      target = await open();
      database = target.database;
    });
    afterAll(() => target[Symbol.asyncDispose]());
    beforeEach(async () => {
      await target.sql('delete from blobs', []);
      for (const digit of [1, 2, 3, 4]) {
        const blob = { sha256: hashOf(digit), size: digit, store: 'disk', known: false, at: 10 } as const;
        await write((writers) => writers.blobs.ensure(blob));
      }
    });
    async function stateOf(digit: number): Promise<BlobState> {
      const state = await read((readers) => readers.health.blob(hashOf(digit)));
      if (!state) throw new Error('There is no such row.');
      return state;
    }

    it('names what was never read first, then what was read longest ago, and nothing twice', async () => {
      await write(async (writers) => {
        await writers.health.markVerified([await stateOf(2)], 70);
        await writers.health.markVerified([await stateOf(1)], 80);
        await writers.health.markVerified([await stateOf(4)], 90);
      });
      expect((await least(90)).map(({ size }) => size)).toEqual([3, 2, 1]);
      expect((await least(90, 2)).map(({ size }) => size)).toEqual([3, 2]);
      expect((await least(10)).map(({ size }) => size)).toEqual([3]);
    });

    it('leaves out what is being deleted', async () => {
      await target.sql('update blobs set deleting_at = 1 where sha256 = ?', [hashOf(3)]);
      expect((await least(90)).map(({ size }) => size)).toEqual([1, 2, 4]);
      expect(await read((readers) => readers.health.blob(hashOf(3)))).toBeNull();
    });

    it('counts what there is', async () => {
      expect(await read((readers) => readers.health.totals())).toEqual({ blobs: 4, bytes: 10 });
    });

    it('marks a row as damaged once, and takes the mark off again', async () => {
      const state = await stateOf(1);
      const found = { damage: 'wrong_bytes', at: 50 } as const;
      expect(await write((writers) => writers.health.markDamaged(state, found))).toBe(true);
      expect(await write((writers) => writers.health.markDamaged(state, found))).toBe(false);
      expect(await stateOf(1)).toMatchObject({ damage: 'wrong_bytes', damagedAt: 50 });
      const whole = { sha256: hashOf(1), at: 60 };
      expect(await write((writers) => writers.health.markWhole(whole))).toBe(true);
      expect(await write((writers) => writers.health.markWhole(whole))).toBe(false);
      expect(await stateOf(1)).toMatchObject({ damage: null, damagedAt: null });
    });

    it.each([
      ['came anew', 'created_at = 11'],
      ['was moved', "store = 'database'"],
      ['is being deleted', 'deleting_at = 1'],
    ])('does not mark a row that %s since it was read', async (_what, change) => {
      const state = await stateOf(1);
      await target.sql(`update blobs set ${change} where sha256 = ?`, [hashOf(1)]);
      const found = { damage: 'missing', at: 50 } as const;
      expect(await write((writers) => writers.health.markDamaged(state, found))).toBe(false);
    });
  });
}

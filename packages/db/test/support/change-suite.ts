import { toTimestamp, uuidIds, type Visibility } from '@vitrine/core';
import { type Change, type ClientId, changeSchema } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Agency, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

const everybody: Visibility = { kind: 'all' };

/** The change log of a database. */
export function describeChanges(name: string, open: () => Promise<TestDatabase>): void {
  describe(`the change log on ${name}`, () => {
    let target: TestDatabase;
    let agencies: readonly [Agency, Agency, Agency];

    beforeAll(async () => {
      target = await open();
      agencies = [await seedAgency(target), await seedAgency(target), await seedAgency(target)];
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });
    beforeEach(() => target.sql('delete from changes'));

    const created = (clientId: ClientId, at = 1): Change => ({
      kind: 'asset.created',
      at: toTimestamp(at),
      clientId,
      campaignId: null,
      assetId: uuidIds.asset(),
    });
    const append = (...changes: Change[]) =>
      target.database.transaction(async (writers) => {
        for (const change of changes) await writers.changes.append(change);
      });
    const after = (seq: number, visibility = everybody, clientId?: ClientId, limit = 10_000) =>
      target.database.read((readers) =>
        readers.changes.after({ seq, visibility, limit, ...(clientId && { clientId }) }),
      );
    const bounds = () => target.database.read((readers) => readers.changes.bounds());
    const prune = (before: number, keep: number) =>
      target.database.transaction((writers) => writers.changes.prune({ before, keep }));

    it('gives back what was appended, in its order, behind a place', async () => {
      const { clientId, campaignId } = agencies[0];
      const failed: Change = {
        ...created(clientId),
        kind: 'rendition.failed',
        campaignId,
        version: 2,
        preset: 'thumb',
        reason: 'It is “torn”.',
      };
      const first = created(clientId);
      expect(await bounds()).toEqual({ newest: 0, oldest: 0 });
      await append(first);
      await append(failed);
      expect(await after(0)).toEqual([
        { seq: 1, change: first },
        { seq: 2, change: failed },
      ]);
      expect(await after(1)).toEqual([{ seq: 2, change: failed }]);
      expect(await after(0, everybody, undefined, 1)).toEqual([{ seq: 1, change: first }]);
      expect(await bounds()).toEqual({ newest: 2, oldest: 1 });
      for (const { change } of await after(0)) expect(changeSchema.parse(change)).toEqual(change);
    });

    it('keeps nothing of a transaction that rejects, and leaves no gap', async () => {
      const { clientId } = agencies[0];
      await append(created(clientId));
      const failing = target.database.transaction(async (writers) => {
        await writers.changes.append(created(clientId));
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await append(created(clientId));
      expect((await after(0)).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    it('shows each user the changes of the clients they may see, all of them, and no other', async () => {
      const agency = fc.constantFrom(...agencies);
      const owners = fc.array(agency, { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(owners, agency, agency, fc.nat(12), async (rows, who, other, seq) => {
          await target.sql('delete from changes');
          const changes = rows.map((owner) => created(owner.clientId));
          await append(...changes);
          const own: Visibility = { kind: 'granted', userId: who.userId, whole: false };
          const behind = changes.map((change, index) => ({ seq: index + 1, change })).slice(seq);
          const of = ({ clientId }: Agency) => behind.filter(({ change }) => change.clientId === clientId);
          expect(await after(seq)).toEqual(behind);
          expect(await after(seq, own)).toEqual(of(who));
          expect(await after(seq, everybody, other.clientId)).toEqual(of(other));
          expect(await after(seq, own, other.clientId)).toEqual(who === other ? of(who) : []);
        }),
        { numRuns: 20 },
      );
    });

    it('forgets the oldest by age and by number, a thousand at a time, and never the newest', async () => {
      const { clientId } = agencies[0];
      await append(...Array.from({ length: 1203 }, (_, at) => created(clientId, at)));
      expect(await prune(0, 1203)).toBe(0);
      expect(await prune(3, 5000)).toBe(3);
      expect(await bounds()).toEqual({ newest: 1203, oldest: 4 });
      expect(await prune(0, 1100)).toBe(100);
      expect(await bounds()).toEqual({ newest: 1203, oldest: 104 });
      expect(await prune(9999, 0)).toBe(1000);
      expect(await prune(9999, 0)).toBe(99);
      expect(await prune(9999, 0)).toBe(0);
      expect(await bounds()).toEqual({ newest: 1203, oldest: 1203 });
      await append(created(clientId));
      expect((await bounds()).newest).toBe(1204);
    });

    it('leaves no gap when a clock went back: what lies between newer ones stays', async () => {
      const { clientId } = agencies[0];
      await append(...[1, 50, 2, 60].map((at) => created(clientId, at)));
      expect(await prune(10, 100)).toBe(1);
      expect((await after(0)).map(({ seq }) => seq)).toEqual([2, 3, 4]);
    });

    it('hides nothing from a reader that goes on behind what it has seen, while sixteen write at once', async () => {
      const { clientId } = agencies[0];
      const perWriter = 15;
      let writing = true;
      const seen: string[] = [];
      const places: number[] = [];
      async function follow() {
        let place = 0;
        // One look more when the writers have ended.
        for (let last = false; !last; ) {
          last = !writing;
          for (const { seq, change } of await after(place)) {
            place = seq;
            places.push(seq);
            if (change.kind === 'asset.created') seen.push(change.assetId);
          }
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      }
      async function write(writer: number) {
        const written: string[] = [];
        for (let turn = 0; turn < perWriter; turn++) {
          const change = created(clientId);
          await target.database.transaction(async (writers) => {
            await writers.changes.append(change);
            // Some linger between the number and the commit: an unlocked number would be overtaken here.
            await new Promise((resolve) => setTimeout(resolve, (writer * turn) % 4));
          });
          if (change.kind === 'asset.created') written.push(change.assetId);
        }
        return written;
      }
      const following = follow();
      const written = (await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)))).flat();
      writing = false;
      await following;
      expect(seen.toSorted()).toEqual(written.toSorted());
      expect(places).toEqual(Array.from({ length: 16 * perWriter }, (_, index) => index + 1));
    });
  });
}

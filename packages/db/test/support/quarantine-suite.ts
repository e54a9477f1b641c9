import { randomUUID } from 'node:crypto';
import type { QuarantinedRecord } from '@vitrine/core';
import { quarantinedFileIdSchema, sha256Schema } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What files that were refused are on every database. */
export function describeQuarantine(name: string, open: () => Promise<TestDatabase>): void {
  describe(`the quarantine on ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;

    beforeAll(async () => {
      target = await open();
      agency = await seedAgency(target);
    });
    afterAll(() => target?.[Symbol.asyncDispose]());

    const hashOf = (number: number) => sha256Schema.parse(String(number).padStart(64, '0'));
    const fileAt = (at: number, number = 1): QuarantinedRecord => ({
      ...{
        id: randomUUID(),
        at,
        sha256: hashOf(number),
        size: 2 ** 40,
        fileName: 'Ärger 🐘.bin',
        reason: 'No format.',
      },
      clientId: agency.clientId,
      userId: agency.userId,
    });
    const keep = (files: readonly QuarantinedRecord[]) =>
      target.database.transaction(async ({ quarantine }) => {
        for (const file of files) await quarantine.insert(file);
      });
    const remove = (id: string) => target.database.transaction(({ quarantine }) => quarantine.remove(id));

    it('a file comes back as it was put in, and only once can it be taken away', async () => {
      const file = fileAt(1_790_000_000_000);
      await keep([file]);
      const find = () => target.database.read(({ quarantine }) => quarantine.find(file.id));
      expect(await find()).toEqual(file);
      expect((await Promise.all([remove(file.id), remove(file.id)])).sort()).toEqual([false, true]);
      expect(await find()).toBeNull();
    });

    it('bytes are held until the last file that has them is gone', async () => {
      const [one, other] = [fileAt(1, 7), fileAt(2, 7)];
      await keep([one, other]);
      const holds = () => target.database.read(({ quarantine }) => quarantine.holds(hashOf(7)));
      await remove(one.id);
      expect(await holds()).toBe(true);
      await remove(other.id);
      expect(await holds()).toBe(false);
    });

    it('pages of any size show every file once, what came last first', async () => {
      const times = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 9 });
      await fc.assert(
        fc.asyncProperty(times, fc.integer({ min: 1, max: 4 }), async (ats, limit) => {
          const files = ats.map((at) => fileAt(at));
          await keep(files);
          const seen: QuarantinedRecord[] = [];
          for (let last: QuarantinedRecord | undefined; ; ) {
            const after = last && { at: last.at, id: quarantinedFileIdSchema.parse(last.id) };
            const page = await target.database.read(({ quarantine }) =>
              quarantine.list({ ...(after && { after }), limit }),
            );
            seen.push(...page);
            last = page.at(-1);
            if (!last) break;
          }
          const byTime = files.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
          expect(seen.map(({ id }) => id)).toEqual(byTime.map(({ id }) => id));
          for (const { id } of files) await remove(id);
        }),
        { numRuns: 30 },
      );
    });
  });
}

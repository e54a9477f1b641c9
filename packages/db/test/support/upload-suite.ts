import { type UploadHolder, uuidIds } from '@vitrine/core';
import { assetIdSchema, uploadInputSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What the database keeps of uploads in pieces. */
export function describeUploads(name: string, open: () => Promise<TestDatabase>): void {
  describe(`an upload in pieces on ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;
    let born = 0;

    beforeAll(async () => {
      target = await open();
      agency = await seedAgency(target);
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const read: TestDatabase['database']['read'] = (work) => target.database.read(work);
    const write: TestDatabase['database']['transaction'] = (work) => target.database.transaction(work);
    const find = ({ id }: UploadHolder) => read(({ uploads }) => uploads.find(id));
    const fields = () =>
      uploadInputSchema.parse({ clientId: agency.clientId, tags: ['subject'], path: 'a/b' });

    async function insert(length: number | null = 100, expiresAt = 5000): Promise<UploadHolder> {
      born += 1;
      const held = { id: uuidIds.upload(), holder: `holder-${born}` };
      const { userId, clientId } = agency;
      await write(({ uploads }) =>
        uploads.insert({
          ...held,
          ...{ userId, clientId, length, expiresAt },
          fields: fields(),
          metadata: 'filename Zm9v',
          fileName: 'foo',
          lockedUntil: 1000,
          at: 10,
        }),
      );
      return held;
    }

    it('comes back as it was written, and grows', async () => {
      const held = await insert(null);
      expect(await find(held)).toMatchObject({
        fields: fields(),
        metadata: 'filename Zm9v',
        fileName: 'foo',
        length: null,
        received: 0,
        result: null,
      });
      expect(await write(({ uploads }) => uploads.setLength({ ...held, length: 7 }))).toBe(true);
      expect(await write(({ uploads }) => uploads.setLength({ ...held, length: 8 }))).toBe(false);
      const progress = { ...held, received: 7, expiresAt: 9000 };
      expect(await write(({ uploads }) => uploads.setReceived(progress))).toBe(true);
      const result = { outcome: 'created' as const, assetId: assetIdSchema.parse(uuidIds.asset()) };
      expect(await write(({ uploads }) => uploads.setResult({ ...held, result }))).toBe(true);
      expect(await find(held)).toMatchObject({ length: 7, received: 7, expiresAt: 9000, result });
    });

    it('is locked by one at a time, until they give it back or their time is over', async () => {
      const first = await insert();
      const second = { ...first, holder: 'second' };
      const lock = (who: UploadHolder, at: number) =>
        write(({ uploads }) => uploads.lock({ ...who, at, until: at + 1000 }));
      expect(await lock(second, 999)).toBe(false);
      expect(await lock(first, 999)).toBe(true);
      expect(await lock(second, 1500)).toBe(false);
      expect(await lock(second, 2000)).toBe(true);
      expect(await lock(first, 2001)).toBe(false);
      await write(({ uploads }) => uploads.unlock(first));
      expect(await lock(first, 2002)).toBe(false);
      await write(({ uploads }) => uploads.unlock(second));
      expect(await lock(first, 2003)).toBe(true);
    });

    it('of ten who want the lock at once one gets it', async () => {
      const held = await insert();
      await write(({ uploads }) => uploads.unlock(held));
      const wishes = Array.from({ length: 10 }, (_, index) =>
        write(({ uploads }) => uploads.lock({ id: held.id, holder: `w${index}`, at: 0, until: 1000 })),
      );
      expect((await Promise.all(wishes)).filter(Boolean)).toHaveLength(1);
    });

    it('is not changed by whoever lost the lock', async () => {
      const held = await insert();
      const other = { ...held, holder: 'nobody' };
      const result = { error: { code: 'unsupported_format' as const, detail: 'No.' } };
      const changes = await write(async ({ uploads }) => [
        await uploads.setLength({ ...other, length: 3 }),
        await uploads.setReceived({ ...other, received: 3, expiresAt: 1 }),
        await uploads.setResult({ ...other, result }),
        await uploads.delete(other),
      ]);
      expect(changes).toEqual([false, false, false, false]);
      expect(await find(held)).toMatchObject({ received: 0, result: null, expiresAt: 5000 });
      expect(await write(({ uploads }) => uploads.delete(held))).toBe(true);
      expect(await find(held)).toBeNull();
    });

    it('is among the expired ones once its time is over, the oldest first', async () => {
      const late = await insert(1, 42);
      const early = await insert(1, 41);
      await insert(1, 43);
      expect(await read(({ uploads }) => uploads.expired(43))).toEqual([early.id, late.id]);
    });

    it('goes with its client', async () => {
      const other = { userId: agency.userId, clientId: uuidIds.client() };
      const held = { id: uuidIds.upload(), holder: 'x' };
      const client = { name: 'Else', description: '', brandGuidelines: null, at: 1 };
      await write(({ clients }) => clients.insert({ ...client, id: other.clientId, userId: other.userId }));
      await write(({ uploads }) =>
        uploads.insert({
          ...held,
          ...other,
          ...{ length: 1, expiresAt: 9 },
          fields: uploadInputSchema.parse({ clientId: other.clientId }),
          metadata: null,
          fileName: 'x',
          lockedUntil: 1,
          at: 0,
        }),
      );
      expect(await write(({ clients }) => clients.delete(other.clientId, 1))).toBe('deleted');
      expect(await find(held)).toBeNull();
    });
  });
}

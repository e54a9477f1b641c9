import { setTimeout } from 'node:timers/promises';
import type { AssetId, Derivation, VersionRef } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

const keyOf = ({ assetId, version }: VersionRef) => `${assetId} ${version}`;

/** What the database keeps of lineage and rights. */
export function describeLineage(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`lineage and rights on ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;

    beforeAll(async () => {
      target = await open();
      agency = await seedAgency(target);
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const read: TestDatabase['database']['read'] = (work) => target.database.read(work);
    const write: TestDatabase['database']['transaction'] = (work) => target.database.transaction(work);

    async function insert(of: Agency = agency): Promise<VersionRef> {
      const fresh = newAsset(of);
      await write((writers) => writers.assets.insert(fresh));
      return { assetId: fresh.id, version: 1 };
    }
    async function addVersion(assetId: AssetId): Promise<VersionRef> {
      const { facts, mimeType, size, sha256, userId } = newAsset(agency);
      const before = await read((readers) => readers.assets.find(assetId));
      const after = await write((writers) =>
        writers.assets.addVersion({
          id: assetId,
          expectedRowVersion: before?.rowVersion ?? 0,
          userId,
          facts,
          mimeType,
          size,
          sha256,
          at: 2000,
        }),
      );
      return { assetId, version: after?.version ?? 0 };
    }
    const make = (product: VersionRef, ...sources: readonly (VersionRef & { role?: string })[]) =>
      write((writers) =>
        writers.lineage.setDerivedFrom(
          { ...product, clientId: agency.clientId },
          sources.map((source): Derivation => ({ role: 'subject', ...source })),
        ),
      );
    const walk = (direction: 'made_of' | 'used_in', from: VersionRef, change: object = {}) =>
      read((readers) =>
        readers.lineage.walk({
          direction,
          from: { assetId: from.assetId, version: from.version },
          depth: 50,
          limit: 1000,
          ...change,
        }),
      );

    it('give back what a version is made of and how it was generated, until that is replaced', async () => {
      const [logo, voice, film] = [await insert(), await insert(), await insert()];
      await make(film, { ...logo, role: 'brand_logo' }, { ...logo, role: 'subject' }, { ...voice });
      const of = () => read((readers) => readers.lineage.derivedFrom(film));
      expect(await of()).toHaveLength(3);
      await make(film, { ...voice, role: 'voice_sample' });
      expect(await of()).toEqual([{ ...voice, role: 'voice_sample' }]);

      const generation = { generator: 'northlight', model: 'm-2', prompt: 'A calm sea.', requestId: null };
      const found = () => read((readers) => readers.lineage.generation(film));
      expect(await found()).toBeNull();
      await write((writers) => writers.lineage.setGeneration(film, generation));
      expect(await found()).toEqual(generation);
      await write((writers) => writers.lineage.setGeneration(film, { ...generation, model: null }));
      expect(await found()).toEqual({ ...generation, model: null });
      await write((writers) => writers.lineage.setGeneration(film, null));
      expect(await found()).toBeNull();
    });

    it('are followed both ways, as far as the depth goes, and name what they lead to', async () => {
      const [logo, shot, film] = [await insert(), await insert(), await insert()];
      await make(shot, { ...logo, role: 'brand_logo' });
      await make(film, { ...shot, role: 'first_frame' });
      const step = { name: 'a image', type: 'image', current: true, trashed: false };
      expect(await walk('used_in', logo)).toEqual([
        { ...step, from: logo, to: shot, role: 'brand_logo', depth: 1 },
        { ...step, from: shot, to: film, role: 'first_frame', depth: 2 },
      ]);
      expect(await walk('made_of', film)).toEqual([
        { ...step, from: film, to: shot, role: 'first_frame', depth: 1 },
        { ...step, from: shot, to: logo, role: 'brand_logo', depth: 2 },
      ]);
      expect(await walk('used_in', logo, { depth: 1 })).toHaveLength(1);
      expect(await walk('used_in', logo, { limit: 1 })).toHaveLength(1);

      const newer = await addVersion(shot.assetId);
      expect(newer.version).toBe(2);
      const [first] = await walk('used_in', logo);
      expect(first).toMatchObject({ to: shot, current: false });
      expect(await walk('used_in', { ...logo, version: 2 })).toEqual([]);
      await make(newer, { ...logo });
      const all = await walk('used_in', logo, { from: { assetId: logo.assetId, version: null } });
      expect(all.map(({ to }) => keyOf(to))).toEqual([keyOf(shot), keyOf(newer), keyOf(film)]);
    });

    it('know which versions are the client’s and not in the trash', async () => {
      const other = await seedAgency(target);
      const [mine, foreign, trashed] = [await insert(), await insert(other), await insert()];
      await write((writers) =>
        writers.assets.trash({ id: trashed.assetId, expectedRowVersion: 1, at: 3000 }),
      );
      const versions = [mine, foreign, trashed, { ...mine, version: 2 }];
      const known = await read((readers) => readers.lineage.known({ clientId: agency.clientId, versions }));
      expect(known).toEqual([mine]);
      expect(
        await read((readers) => readers.lineage.known({ clientId: agency.clientId, versions: [] })),
      ).toEqual([]);
    });

    it('refuse another client’s version even past every check', async () => {
      const other = await seedAgency(target);
      await expect(make(await insert(), await insert(other))).rejects.toThrow();
    });

    it('tell for any graph what is made of what, as a search through it does', async () => {
      const versions = await Promise.all(Array.from({ length: 7 }, () => insert()));
      const edge = fc.tuple(fc.nat(6), fc.nat(6)).filter(([from, to]) => from < to);
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(edge, { selector: String, maxLength: 14 }), async (edges) => {
          for (const [index, version] of versions.entries()) {
            const sources = edges.filter(([, to]) => to === index).flatMap(([from]) => versions[from] ?? []);
            await make(version, ...sources);
          }
          const [root] = versions;
          if (!root) throw new Error('There are seven.');
          // Edges lead upwards, so each version's depth is final when it is come to.
          const depths = new Map([[0, 0]]);
          for (const index of versions.keys()) {
            const depth = depths.get(index);
            if (depth === undefined) continue;
            for (const [, to] of edges.filter(([from]) => from === index)) {
              depths.set(to, Math.min(depths.get(to) ?? 99, depth + 1));
            }
          }
          const reached = new Map<string, number>();
          for (const { to, depth } of await walk('used_in', root)) {
            reached.set(keyOf(to), Math.min(reached.get(keyOf(to)) ?? 99, depth));
          }
          const expected = [...depths]
            .filter(([index]) => index > 0)
            .flatMap(([index, depth]) => {
              const version = versions[index];
              return version ? [[keyOf(version), depth] as const] : [];
            });
          expect(reached).toEqual(new Map(expected));
          for (const [index, version] of versions.entries()) {
            const made = await read((readers) => readers.lineage.anyMadeOf(root, [version]));
            expect(made).toBe(index > 0 && depths.has(index));
          }
        }),
        { numRuns: runs },
      );
    });

    it('are written by one transaction of a client at a time: of two halves of a circle the second sees the first', async () => {
      for (let round = 0; round < 5; round++) {
        const [one, two] = [await insert(), await insert()];
        const half = (product: VersionRef, source: VersionRef) =>
          write(async (writers) => {
            await writers.lineage.lock(agency.clientId);
            const circle = await writers.lineage.anyMadeOf(product, [source]);
            // Long enough for the other to look as well, if it were let.
            await setTimeout(20);
            if (circle) return false;
            await writers.lineage.setDerivedFrom({ ...product, clientId: agency.clientId }, [
              { ...source, role: 'subject' },
            ]);
            return true;
          });
        const done = await Promise.all([half(one, two), half(two, one)]);
        expect(done.filter(Boolean)).toHaveLength(1);
      }
    });

    it('let nobody fetch back a product while its source is being deleted: the one waits for the other', async () => {
      const [source, product] = [await insert(), await insert()];
      await make(product, source);
      const change = { id: product.assetId, at: 2 };
      await write((writers) => writers.assets.trash({ ...change, expectedRowVersion: 1 }));
      const restoring = write(async (writers) => {
        await writers.assets.restore({ ...change, expectedRowVersion: 2 });
        // Long enough for the other to look, if it were let.
        await setTimeout(100);
      });
      await setTimeout(20);
      const uses = await write(async (writers) => {
        await writers.trash.lockProducts(source.assetId);
        return writers.trash.uses({ id: source.assetId, visibility: { kind: 'all' }, at: 3 });
      });
      await restoring;
      expect(uses.madeInto).toMatchObject([{ id: product.assetId }]);
    });

    it('keep the rights of a version, and set them where nobody edited the asset meanwhile', async () => {
      const { assetId } = await insert();
      const find = (version?: number) => read((readers) => readers.rights.find({ assetId, version }));
      const nothing = {
        licence: null,
        from: null,
        to: null,
        territories: [],
        channels: [],
        credit: null,
        aiUse: 'unknown',
      } as const;
      expect(await find()).toEqual({ assetId, version: 1, rowVersion: 1, rights: nothing });
      const rights = {
        licence: 'RM-1207',
        from: '2026-01-01',
        to: '2026-12-31',
        territories: ['DE', 'AT'],
        channels: ['social'],
        credit: 'J. Berg',
        aiUse: 'allowed',
      } as const;
      const set = (expectedRowVersion: number) =>
        write((writers) =>
          writers.rights.set({
            assetId,
            expectedRowVersion,
            rights: { ...rights, territories: [...rights.territories], channels: [...rights.channels] },
            at: 3000,
          }),
        );
      expect(await set(1)).toEqual({ assetId, version: 1, rowVersion: 2, rights });
      expect(await set(1)).toBeNull();
      const [row] = await target.sql('select valid_from, valid_to from asset_versions where asset_id = ?', [
        assetId,
      ]);
      expect(Number(row?.['valid_from'])).toBe(Date.UTC(2026, 0, 1));
      expect(Number(row?.['valid_to'])).toBe(Date.UTC(2027, 0, 1) - 1);

      await addVersion(assetId);
      expect((await find())?.rights).toEqual(nothing);
      expect((await find(1))?.rights).toEqual(rights);
      expect(await find(3)).toBeNull();
      await write((writers) => writers.assets.trash({ id: assetId, expectedRowVersion: 3, at: 4000 }));
      expect(await find()).toBeNull();
    });
  });
}

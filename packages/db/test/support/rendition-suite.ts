import type { RenditionRow } from '@vitrine/core';
import { type AssetType, assetTypes, presetTable } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

type Picture = Extract<RenditionRow, { state: 'ready' }>;

/** What the database keeps of renditions. */
export function describeRenditions(name: string, open: () => Promise<TestDatabase>): void {
  describe(`the renditions on ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;

    beforeAll(async () => {
      target = await open();
      agency = await seedAgency(target);
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    async function insert(type: AssetType = 'image') {
      const fresh = newAsset(agency, { type });
      await target.database.transaction((writers) => writers.assets.insert(fresh));
      return { assetId: fresh.id, version: 1, type };
    }
    const put = (version: Awaited<ReturnType<typeof insert>>, row: RenditionRow) =>
      target.database.transaction((writers) => writers.renditions.put(version, row));
    const picture = (change: Partial<Picture> = {}): Picture => ({
      state: 'ready',
      preset: 'thumb',
      sha256: agency.sha256,
      size: 10,
      store: 'disk',
      mimeType: 'image/webp',
      width: 320,
      height: 200,
      thumbhash: 'aGFzaA==',
      madeAt: 5,
      ...change,
    });
    const failed = (preset: RenditionRow['preset']): RenditionRow => ({
      state: 'failed',
      preset,
      reason: 'It is damaged.',
      madeAt: 6,
    });

    it('are pending until they are put, then ready in the asset, its tile and the file', async () => {
      const version = await insert();
      const { assetId } = version;
      const found = () =>
        target.database.read((readers) => readers.renditions.find({ assetId, preset: 'thumb' }));
      expect(await found()).toMatchObject({
        assetId,
        version: 1,
        campaignId: null,
        uploadedBy: agency.userId,
        rendition: null,
      });

      await put(version, picture());
      expect((await found())?.rendition).toEqual(picture());
      const preview = {
        state: 'ready',
        sha256: agency.sha256,
        width: 320,
        height: 200,
        thumbhash: 'aGFzaA==',
      };
      const query = { visibility: { kind: 'all' }, clientId: agency.clientId, offset: 0, limit: 1 } as const;
      const { asset, listed, tile } = await target.database.read(async ({ assets }) => ({
        asset: await assets.find(assetId),
        listed: (await assets.list(query))[0],
        tile: (await assets.listTiles(query))[0],
      }));
      expect([asset?.preview, listed?.preview, tile?.preview]).toEqual([preview, preview, preview]);
    });

    it('are put in place of one another, so there is never a second of a preset', async () => {
      const version = await insert();
      await put(version, failed('thumb'));
      await put(version, picture({ width: 100 }));
      await put(version, picture({ width: 200 }));
      const rows = await target.database.read((readers) => readers.renditions.of(version));
      expect(rows).toEqual([picture({ width: 200 })]);
    });

    it('say why they failed, and are pending again once that is forgotten', async () => {
      const version = await insert('video');
      await put(version, failed('thumb'));
      await put(version, picture({ preset: 'poster', thumbhash: null }));
      const find = () => target.database.read((readers) => readers.assets.find(version.assetId));
      expect((await find())?.preview).toEqual({ state: 'failed', reason: 'It is damaged.' });
      expect(
        await target.database.transaction((writers) => writers.renditions.forgetFailed(version)),
      ).toEqual(['thumb']);
      expect((await find())?.preview).toEqual({ state: 'pending' });
      const rows = await target.database.read((readers) => readers.renditions.of(version));
      expect(rows.map(({ preset }) => preset)).toEqual(['poster']);
    });

    it.each(assetTypes)('of an %s are only the presets of its kind', async (type) => {
      const version = await insert(type);
      for (const other of assetTypes) {
        for (const preset of presetTable[other]) {
          const attempt = put(version, failed(preset));
          const own: readonly string[] = presetTable[type];
          if (own.includes(preset)) await attempt;
          else await expect(attempt).rejects.toThrow();
        }
      }
    });

    it('are refused by the database half-made: no bytes, no size, no thumbhash, no such version', async () => {
      const version = await insert();
      await expect(put(version, picture({ width: null }))).rejects.toThrow();
      await expect(put(version, picture({ thumbhash: null }))).rejects.toThrow();
      await expect(put(version, picture({ preset: 'preview' }))).rejects.toThrow();
      await expect(put({ ...version, version: 2 }, picture())).rejects.toThrow();
      await expect(put({ ...version, type: 'video' }, picture())).rejects.toThrow();
    });

    it('have a source with the facts of the version, and none in the trash', async () => {
      const { assetId } = await insert('document');
      const source = () => target.database.read((readers) => readers.renditions.source({ assetId }));
      expect(await source()).toMatchObject({
        assetId,
        clientId: agency.clientId,
        version: 1,
        facts: { type: 'document', format: 'pdf', pageCount: null },
        sha256: agency.sha256,
        store: 'disk',
        posterMs: null,
      });
      await target.database.transaction((writers) =>
        writers.assets.trash({ id: assetId, expectedRowVersion: 1, at: 2 }),
      );
      expect(await source()).toBeNull();
    });

    it('take a poster from where the user says, within the video', async () => {
      const { assetId, version } = await insert('video');
      const set = (posterMs: number | null) =>
        target.database.transaction((writers) =>
          writers.renditions.setPosterTime({ assetId, version, posterMs }),
        );
      await set(1500);
      const source = await target.database.read((readers) => readers.renditions.source({ assetId, version }));
      expect(source?.posterMs).toBe(1500);
      await expect(set(1501)).rejects.toThrow();
      await set(null);
    });

    it('that nobody has begun are found by id, those that failed are not', async () => {
      const begun = await insert();
      const failing = await insert();
      const open = await insert();
      await put(begun, picture());
      await put(failing, failed('thumb'));
      const found = [];
      for (let after: (typeof open)['assetId'] | null = null; ; ) {
        const [next] = await target.database.read((readers) =>
          readers.renditions.unmade({ after, limit: 1 }),
        );
        if (!next) break;
        found.push(next.assetId);
        after = next.assetId;
      }
      expect(found).toContain(open.assetId);
      expect(found).not.toContain(begun.assetId);
      expect(found).not.toContain(failing.assetId);
    });
  });
}

import { type NewShare, uuidIds } from '@vitrine/core';
import { type AssetId, assetIdSchema, type PagePosition, type ShareId, sha256Schema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What share links are on every database. */
export function describeShares(name: string, open: () => Promise<TestDatabase>): void {
  describe(`share links on ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;
    let made = 0;

    beforeAll(async () => {
      target = await open();
      agency = await seedAgency(target);
    });
    afterAll(() => target?.[Symbol.asyncDispose]());

    async function addLink(change: Partial<NewShare> = {}): Promise<NewShare> {
      made += 1;
      const link: NewShare = {
        id: uuidIds.share(),
        clientId: agency.clientId,
        userId: agency.userId,
        name: `Link ${made}`,
        recipient: null,
        target: { kind: 'assets' },
        assetIds: [],
        tokenHash: sha256Schema.parse(String(made).padStart(64, '0')),
        quality: 'originals',
        downloads: true,
        passwordHash: null,
        maxUses: null,
        expiresAt: 9000,
        at: made,
        ...change,
      };
      await target.database.transaction(({ shares }) => shares.insert(link));
      return link;
    }
    async function addAssets(count: number): Promise<AssetId[]> {
      const assets = Array.from({ length: count }, () => newAsset(agency));
      await target.database.transaction(async (writers) => {
        for (const asset of assets) await writers.assets.insert(asset);
      });
      return assets.map(({ id }) => id);
    }
    const find = (id: ShareId) => target.database.read(({ shares }) => shares.find(id));

    /** All that a link shows, read in pages of so many. */
    async function shownBy(id: ShareId, limit: number): Promise<AssetId[]> {
      const seen: PagePosition[] = [];
      for (;;) {
        const query = { id, visibility: { kind: 'all' }, after: seen.at(-1), limit } as const;
        const page = await target.database.read(({ shares }) => shares.positions(query));
        seen.push(...page);
        if (page.length < limit) return seen.map((one) => one.id);
      }
    }

    it('are found by the hash of their token, and by no other', async () => {
      const { id, tokenHash } = await addLink({ recipient: 'Ana', quality: 'previews', maxUses: 3 });
      const found = await target.database.read(({ shares }) => shares.findByToken(tokenHash));
      expect(found).toMatchObject({ id, recipient: 'Ana', quality: 'previews', maxUses: 3, uses: 0 });
      const other = sha256Schema.parse('f'.repeat(64));
      expect(await target.database.read(({ shares }) => shares.findByToken(other))).toBeNull();
    });

    it('show their assets in their own order, in pages of any size, but for those in the trash', async () => {
      const assetIds = (await addAssets(7)).toReversed();
      const { id } = await addLink({ assetIds });
      for (const limit of [1, 2, 3, 7, 8]) expect(await shownBy(id, limit), `${limit}`).toEqual(assetIds);
      const [first, ...rest] = assetIds;
      await target.sql('update assets set trashed_at = 5 where id = ?', [first]);
      expect(await shownBy(id, 3)).toEqual(rest);
    });

    it('name only what may be seen to somebody who may not see all', async () => {
      const [shown, hidden] = await addAssets(2);
      if (!shown || !hidden) throw new Error('There are no two assets.');
      const { id } = await addLink({ assetIds: [hidden, shown] });
      const { clientId } = agency;
      const userId = await target.addUser();
      await target.database.transaction(async ({ grants }) => {
        await grants.put({ kind: 'client', clientId, userId, role: 'editor', grantedBy: userId, at: 1 });
        await grants.hide({ assetId: hidden, clientId, until: null, hiddenBy: userId, at: 1 });
      });
      const visibility = { kind: 'granted', userId, whole: false } as const;
      const seen = await target.database.read(({ shares }) => shares.assetsOf([id], visibility));
      expect([...seen]).toEqual([[id, [shown]]]);
      expect((await find(id))?.assetIds).toEqual([hidden, shown]);
    });

    it('begin no more visits than they allow, however many come at once', async () => {
      const { id } = await addLink({ maxUses: 3 });
      const begun = await Promise.all(
        Array.from({ length: 8 }, () => target.database.transaction(({ shares }) => shares.begin(id))),
      );
      expect(begun.filter(Boolean)).toHaveLength(3);
      expect((await find(id))?.uses).toBe(3);
    });

    it('are revoked once, and keep the time', async () => {
      const { id } = await addLink();
      const revoke = (at: number) => target.database.transaction(({ shares }) => shares.revoke(id, at));
      expect([await revoke(50), await revoke(60)]).toEqual([true, false]);
      expect((await find(id))?.revokedAt).toBe(50);
    });

    it('tell of their visits the last first, and how many were downloads', async () => {
      const [assetId = null] = await addAssets(1);
      const { id } = await addLink();
      expect(await find(id)).toMatchObject({ downloadCount: 0, lastVisitAt: null });
      const kinds = ['open', 'download', 'download'] as const;
      await target.database.transaction(async ({ shares }) => {
        for (const [index, kind] of kinds.entries()) {
          const of = { shareId: id, assetId: kind === 'open' ? null : assetId };
          const from = { address: '192.0.2.1', userAgent: 'A browser' };
          await shares.addVisit({ id: `${id}-${index}`, at: 100 + index, kind, ...of, ...from });
        }
      });
      expect(await find(id)).toMatchObject({ downloadCount: 2, lastVisitAt: 102 });
      const visits = await target.database.read(({ shares }) => shares.visits({ id, limit: 2 }));
      expect(visits).toEqual([
        {
          at: '1970-01-01T00:00:00.102Z',
          kind: 'download',
          assetId,
          address: '192.0.2.1',
          userAgent: 'A browser',
        },
        {
          at: '1970-01-01T00:00:00.101Z',
          kind: 'download',
          assetId,
          address: '192.0.2.1',
          userAgent: 'A browser',
        },
      ]);
    });

    it('forget who came long ago, not how many, nor what they saved', async () => {
      const [assetId = null] = await addAssets(1);
      const { id } = await addLink();
      const from = { address: '192.0.2.1', userAgent: 'A browser' };
      await target.database.transaction(async ({ shares }) => {
        for (const at of [-20, -10, 100]) {
          await shares.begin(id);
          await shares.addVisit({
            id: `${id}-o${at}`,
            shareId: id,
            at,
            kind: 'open',
            assetId: null,
            ...from,
          });
          await shares.addVisit({ id: `${id}-d${at}`, shareId: id, at, kind: 'download', assetId, ...from });
        }
      });
      const prune = () => target.database.transaction(({ shares }) => shares.pruneVisits(-10));
      expect([await prune(), await prune()]).toEqual([2, 0]);
      expect(await find(id)).toMatchObject({ uses: 3, downloadCount: 3, lastVisitAt: 100 });
      const visits = await target.database.read(({ shares }) => shares.visits({ id, limit: 10 }));
      expect(visits).toHaveLength(5);
      expect(visits.at(-1)).toMatchObject({ kind: 'download', assetId, address: null, userAgent: null });
      expect(visits.slice(0, -1).every(({ address }) => address === from.address)).toBe(true);
    });

    it('are listed the newest first in pages, and by the assets that they name', async () => {
      const [assetId] = await addAssets(1);
      if (!assetId) throw new Error('There is no asset.');
      const links = [
        await addLink({ at: 70, assetIds: [assetId] }),
        await addLink({ at: 70 }),
        await addLink({ at: 71, assetIds: [assetId] }),
      ];
      const { clientId } = agency;
      const expected = links.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
      const [first] = await target.database.read(({ shares }) => shares.list({ clientId, limit: 1 }));
      expect(first?.id).toBe(expected[0]);
      const after = { at: 71, id: assetIdSchema.parse(expected[0]) };
      const rest = await target.database.read(({ shares }) => shares.list({ clientId, after, limit: 2 }));
      expect(rest.map(({ id }) => id)).toEqual(expected.slice(1));
      const naming = await target.database.read(({ shares }) => shares.list({ clientId, assetId, limit: 9 }));
      expect(naming.map(({ id }) => id)).toEqual([links[2]?.id, links[0]?.id]);
    });

    it('that have ended go with what they showed, and those that work are counted', async () => {
      const of = { campaignId: agency.campaignId };
      const onCampaign = { target: { kind: 'campaign', ...of } } as const;
      const expired = await addLink({ ...onCampaign, expiresAt: 10 });
      const revoked = await addLink(onCampaign);
      const active = await addLink(onCampaign);
      const forget = (at: number) =>
        target.database.transaction(async ({ shares }) => {
          await shares.revoke(revoked.id, 10);
          return shares.forgetEnded({ of, at });
        });
      expect(await forget(10)).toBe(1);
      expect([await find(expired.id), await find(revoked.id)]).toEqual([null, null]);
      expect(await find(active.id)).toMatchObject({ id: active.id });
      expect(await forget(9001)).toBe(0);
    });
  });
}

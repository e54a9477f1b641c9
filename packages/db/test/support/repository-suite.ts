import {
  type AssetQuery,
  auditGenesis,
  auditHash,
  BlobGoneError,
  type NewAuditEvent,
  uuidIds,
} from '@vitrine/core';
import {
  type AssetId,
  assetIdSchema,
  assetTypes,
  type CampaignId,
  type Role,
  roleTable,
  sha256Schema,
  tagKey,
} from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, exampleSha256, newAsset, seedAgency } from './seed.ts';
import { insertRow, type TestDatabase } from './test-database.ts';

/** What every database must do, whichever dialect it speaks. */
export function describeRepositories(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`the repositories on ${name}`, () => {
    let target: TestDatabase;
    let agency: Agency;

    beforeAll(async () => {
      target = await open();
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const database = () => target.database;
    const read: TestDatabase['database']['read'] = (work) => database().read(work);
    const write: TestDatabase['database']['transaction'] = (work) => database().transaction(work);
    const mine = (change: Partial<AssetQuery> = {}): AssetQuery => ({
      visibility: { kind: 'granted', userId: agency.userId, whole: false },
      offset: 0,
      limit: 1000,
      ...change,
    });
    const insert = (change: Parameters<typeof newAsset>[1] = {}) =>
      write((writers) => writers.assets.insert(newAsset(agency, change)));
    const list = (change: Partial<AssetQuery> = {}) => read((readers) => readers.assets.list(mine(change)));
    const event = (change: Partial<NewAuditEvent> = {}): NewAuditEvent => ({
      at: 5,
      actorKind: 'system',
      actorId: null,
      action: 'test.write',
      targetType: 'asset',
      targetId: 'x',
      clientId: null,
      before: null,
      after: { b: 1, a: { z: [1, null], y: 'é' } },
      requestId: null,
      address: null,
      ...change,
    });

    describe('clients', () => {
      beforeAll(async () => {
        agency = await seedAgency(target);
      });

      it('gives back what was inserted, brand guidelines included', async () => {
        const brandGuidelines = { colors: ['#0F4C81'], fonts: ['Inter'], styleKeywords: ['calm'] };
        const id = uuidIds.client();
        const client = await write((writers) =>
          writers.clients.insert({
            id,
            userId: agency.userId,
            name: 'Ärger & Co',
            description: 'd',
            brandGuidelines,
            at: 7,
          }),
        );
        expect(client).toEqual({
          id,
          userId: agency.userId,
          name: 'Ärger & Co',
          description: 'd',
          brandGuidelines,
          createdAt: '1970-01-01T00:00:00.007Z',
          updatedAt: '1970-01-01T00:00:00.007Z',
          archivedAt: null,
          rowVersion: 1,
        });
        expect(await read((readers) => readers.clients.find(id))).toEqual(client);
      });

      it('changes only what the patch names, and counts the row version up', async () => {
        const before = await read((readers) => readers.clients.find(agency.clientId));
        const after = await write((writers) =>
          writers.clients.update({
            id: agency.clientId,
            expectedRowVersion: 1,
            patch: { archivedAt: 9 },
            at: 9,
          }),
        );
        expect(after).toEqual({
          ...before,
          archivedAt: '1970-01-01T00:00:00.009Z',
          updatedAt: '1970-01-01T00:00:00.009Z',
          rowVersion: 2,
        });
      });

      it('answers null to an edit of a version that is gone, and changes nothing', async () => {
        const change = { id: agency.clientId, expectedRowVersion: 1, patch: { name: 'lost' }, at: 10 };
        expect(await write((writers) => writers.clients.update(change))).toBeNull();
        expect((await read((readers) => readers.clients.find(agency.clientId)))?.name).toBe(
          'Northwind Coffee',
        );
      });

      it('lists those that may be seen, by folded name, without the archived', async () => {
        const userId = await target.addUser();
        for (const name of ['zebra', 'Äpfel', 'banana', 'Apfel']) {
          await write((writers) =>
            writers.clients.insert({
              id: uuidIds.client(),
              userId,
              name,
              description: '',
              brandGuidelines: null,
              at: 1,
            }),
          );
        }
        const visibility = { kind: 'granted', userId, whole: false } as const;
        const names = async (query: { text?: string; includeArchived?: boolean }) =>
          (
            await read((readers) => readers.clients.list({ visibility, includeArchived: false, ...query }))
          ).map((client) => client.name);
        expect(await names({})).toEqual(['Apfel', 'Äpfel', 'banana', 'zebra']);
        expect(await names({ text: 'apf' })).toEqual(['Apfel', 'Äpfel']);
        expect(await names({ text: '%' })).toEqual([]);
        expect(await names({ text: '_' })).toEqual([]);

        const [first] = await read((readers) => readers.clients.list({ visibility, includeArchived: false }));
        if (!first) throw new Error('no client');
        await write((writers) =>
          writers.clients.update({ id: first.id, expectedRowVersion: 1, patch: { archivedAt: 3 }, at: 3 }),
        );
        expect(await names({})).toEqual(['Äpfel', 'banana', 'zebra']);
        expect(await names({ includeArchived: true })).toHaveLength(4);
        const everybody = await read((readers) =>
          readers.clients.list({ visibility: { kind: 'all' }, includeArchived: true }),
        );
        expect(everybody.length).toBeGreaterThan(4);
      });

      it('is deleted when empty, and refused while it has a campaign or an asset, even in the trash', async () => {
        const empty = uuidIds.client();
        await write((writers) =>
          writers.clients.insert({
            id: empty,
            userId: agency.userId,
            name: 'e',
            description: '',
            brandGuidelines: null,
            at: 1,
          }),
        );
        const asset = await write((writers) =>
          writers.assets.insert({ ...newAsset(agency), clientId: empty, tags: ['left over'] }),
        );
        expect(await write((writers) => writers.clients.delete(empty, 1))).toBe('not_empty');
        await write((writers) => writers.assets.trash({ id: asset.id, expectedRowVersion: 1, at: 2 }));
        expect(await write((writers) => writers.clients.delete(empty, 1))).toBe('not_empty');
        expect(await read((readers) => readers.clients.find(empty))).not.toBeNull();
        expect(await write((writers) => writers.clients.delete(agency.clientId, 1))).toBe('not_empty');

        const other = uuidIds.client();
        await write((writers) =>
          writers.clients.insert({
            id: other,
            userId: agency.userId,
            name: 'o',
            description: '',
            brandGuidelines: null,
            at: 1,
          }),
        );
        expect(await write((writers) => writers.clients.delete(other, 1))).toBe('deleted');
        expect(await write((writers) => writers.clients.delete(other, 1))).toBe('edited');
        expect(await read((readers) => readers.clients.find(other))).toBeNull();
      });
    });

    describe('campaigns', () => {
      beforeAll(async () => {
        agency = await seedAgency(target);
      });

      it('gives back what was inserted, edits by version and lists newest first', async () => {
        const brief = { objective: 'o', targetAudience: 't', keyMessages: ['k'] };
        const id = uuidIds.campaign();
        await write((writers) =>
          writers.campaigns.insert({
            id,
            clientId: agency.clientId,
            name: 'n',
            goal: 'g',
            status: 'active',
            brief,
            at: 50,
          }),
        );
        expect(await read((readers) => readers.campaigns.find(id))).toMatchObject({
          brief,
          status: 'active',
        });
        const update = {
          id,
          expectedRowVersion: 1,
          patch: { brief: null, status: 'archived' },
          at: 60,
        } as const;
        const after = await write((writers) => writers.campaigns.update(update));
        expect(after).toMatchObject({ name: 'n', status: 'archived', rowVersion: 2 });
        expect(after).not.toHaveProperty('brief');
        expect(await write((writers) => writers.campaigns.update(update))).toBeNull();

        const visibility = { kind: 'all' } as const;
        const found = await read((readers) =>
          readers.campaigns.list({ visibility, clientId: agency.clientId }),
        );
        expect(found.map((campaign) => campaign.id)).toEqual([
          id,
          ...[agency.campaignId, agency.otherCampaignId].sort().reverse(),
        ]);
        const stranger = { kind: 'granted', userId: await target.addUser(), whole: false } as const;
        expect(await read((readers) => readers.campaigns.list({ visibility: stranger }))).toEqual([]);
      });

      it('is deleted when empty and refused while it has an asset', async () => {
        await insert({ campaignId: agency.campaignId });
        expect(await write((writers) => writers.campaigns.delete(agency.campaignId, 1))).toBe('not_empty');
        expect(await write((writers) => writers.campaigns.delete(agency.otherCampaignId, 1))).toBe('deleted');
        expect(await read((readers) => readers.campaigns.find(agency.otherCampaignId))).toBeNull();
      });
    });

    describe('assets', () => {
      beforeAll(async () => {
        agency = await seedAgency(target);
      });

      it.each(assetTypes)('gives back an %s as it was inserted', async (type) => {
        const fresh = newAsset(agency, {
          type,
          campaignId: agency.campaignId,
          name: 'Ünïcode "name".bin',
          size: 9_007_199_254_740_991,
          roles: [...roleTable[type]].reverse(),
          tags: ['harbour', 'Dawn'],
          path: 'Shoot/Day 1',
          at: 1_769_851_800_000,
        });
        const asset = await write((writers) => writers.assets.insert(fresh));
        expect(asset).toEqual({
          ...fresh.facts,
          id: fresh.id,
          userId: agency.userId,
          clientId: agency.clientId,
          campaignId: agency.campaignId,
          name: fresh.name,
          size: fresh.size,
          uploadedAt: '2026-01-31T09:30:00.000Z',
          updatedAt: '2026-01-31T09:30:00.000Z',
          mimeType: fresh.mimeType,
          sha256: agency.sha256,
          version: 1,
          rowVersion: 1,
          roles: [...roleTable[type]],
          tags: [...roleTable[type], 'Dawn', 'harbour'],
          priority: null,
          path: 'Shoot/Day 1',
          preview: { state: 'pending' },
        });
        expect(await read((readers) => readers.assets.find(fresh.id))).toEqual(asset);
        expect((await list({ type })).find(({ id }) => id === fresh.id)).toEqual(asset);

        const [tile] = await read((readers) => readers.assets.listTiles(mine({ type, limit: 1 })));
        const nothing = { width: null, height: null, durationMs: null, pageCount: null };
        expect(tile).toEqual({
          ...nothing,
          ...fresh.facts,
          id: fresh.id,
          name: fresh.name,
          clientId: agency.clientId,
          campaignId: agency.campaignId,
          size: fresh.size,
          uploadedAt: '2026-01-31T09:30:00.000Z',
          version: 1,
          sha256: agency.sha256,
          priority: null,
          preview: { state: 'pending' },
        });
        await write((writers) => writers.assets.trash({ id: fresh.id, expectedRowVersion: 1, at: 2 }));
      });

      it('says where the bytes are and whose they are', async () => {
        const { id } = await insert({ name: 'f.jpg' });
        expect(await read((readers) => readers.assets.findFile(id))).toEqual({
          assetId: id,
          clientId: agency.clientId,
          campaignId: null,
          uploadedBy: agency.userId,
          name: 'f.jpg',
          type: 'image',
          format: 'jpg',
          mimeType: 'image/jpeg',
          size: 10,
          sha256: agency.sha256,
          store: 'disk',
          damage: null,
          uploadedAt: '1970-01-01T00:00:01.000Z',
        });
        expect(await read((readers) => readers.assets.findFile(uuidIds.asset()))).toBeNull();
      });

      it('replaces roles and tags, renames and moves in one edit', async () => {
        const { id } = await insert({ roles: ['subject'], tags: ['old'], campaignId: agency.campaignId });
        const after = await write((writers) =>
          writers.assets.update({
            id,
            expectedRowVersion: 1,
            patch: {
              name: 'Élan vital',
              campaignId: agency.otherCampaignId,
              roles: ['background', 'first_frame'],
              tags: ['new', 'newer'],
            },
            at: 2000,
          }),
        );
        expect(after).toMatchObject({
          name: 'Élan vital',
          campaignId: agency.otherCampaignId,
          roles: ['first_frame', 'background'],
          tags: ['first_frame', 'background', 'new', 'newer'],
          rowVersion: 2,
          updatedAt: '1970-01-01T00:00:02.000Z',
          uploadedAt: '1970-01-01T00:00:01.000Z',
        });
        const bare = await write((writers) =>
          writers.assets.update({
            id,
            expectedRowVersion: 2,
            patch: { roles: [], tags: [], campaignId: null },
            at: 1,
          }),
        );
        expect(bare).toMatchObject({ roles: [], tags: [], campaignId: null, name: 'Élan vital' });
      });

      it('keeps a priority until it is taken away, and refuses one below 1', async () => {
        const { id } = await insert();
        const prioritise = (expectedRowVersion: number, priority: number | null) =>
          write((writers) => writers.assets.update({ id, expectedRowVersion, patch: { priority }, at: 2 }));
        expect(await prioritise(1, 3)).toMatchObject({ priority: 3, rowVersion: 2 });
        const renamed = await write((writers) =>
          writers.assets.update({ id, expectedRowVersion: 2, patch: { name: 'other' }, at: 2 }),
        );
        expect(renamed).toMatchObject({ priority: 3 });
        expect(await prioritise(3, null)).toMatchObject({ priority: null });
        await expect(prioritise(4, 0)).rejects.toThrow();
      });

      it('lets exactly one of sixteen edits of the same version win', async () => {
        const { id } = await insert();
        const results = await Promise.all(
          Array.from({ length: 16 }, (_, index) =>
            write((writers) =>
              writers.assets.update({ id, expectedRowVersion: 1, patch: { name: `edit ${index}` }, at: 2 }),
            ),
          ),
        );
        const winners = results.filter((result) => result !== null);
        expect(winners).toHaveLength(1);
        expect(await read((readers) => readers.assets.find(id))).toEqual(winners[0]);
      });

      it('hides what is in the trash everywhere and refuses to edit it', async () => {
        const { id } = await insert({ tags: ['going'] });
        expect(await write((writers) => writers.assets.trash({ id, expectedRowVersion: 7, at: 2 }))).toBe(
          false,
        );
        expect(await write((writers) => writers.assets.trash({ id, expectedRowVersion: 1, at: 2 }))).toBe(
          true,
        );
        expect(await write((writers) => writers.assets.trash({ id, expectedRowVersion: 2, at: 2 }))).toBe(
          false,
        );
        expect(await read((readers) => readers.assets.find(id))).toBeNull();
        expect(await read((readers) => readers.assets.findFile(id))).toBeNull();
        expect((await list()).map((asset) => asset.id)).not.toContain(id);
        const edit = { id, expectedRowVersion: 2, patch: { name: 'x' }, at: 3 };
        expect(await write((writers) => writers.assets.update(edit))).toBeNull();
      });

      it("is refused by the database in another client's campaign, and with another client's tag", async () => {
        const other = await seedAgency(target);
        await expect(insert({ campaignId: other.campaignId })).rejects.toThrow();
        const { id } = await insert();
        await expect(
          write((writers) =>
            writers.assets.update({
              id,
              expectedRowVersion: 1,
              patch: { campaignId: other.campaignId },
              at: 2,
            }),
          ),
        ).rejects.toThrow();
        expect((await read((readers) => readers.assets.find(id)))?.campaignId).toBeNull();

        const tagId = uuidIds.tag();
        await insertRow(target, 'tags', {
          id: tagId,
          client_id: other.clientId,
          name: 'theirs',
          name_key: 'theirs',
        });
        const link = { asset_id: id, tag_id: tagId };
        await expect(
          insertRow(target, 'asset_tags', { ...link, client_id: other.clientId }),
        ).rejects.toThrow();
        await expect(
          insertRow(target, 'asset_tags', { ...link, client_id: agency.clientId }),
        ).rejects.toThrow();
      });

      it('is refused by the database without its current version or with a role of another kind', async () => {
        const { id } = await insert({ type: 'audio' });
        await expect(
          target.sql('update assets set current_version = 2 where id = ?', [id]),
        ).rejects.toThrow();
        await expect(target.sql("update assets set type = 'video' where id = ?", [id])).rejects.toThrow();
        await expect(target.sql('delete from asset_versions where asset_id = ?', [id])).rejects.toThrow();
        await expect(
          insertRow(target, 'asset_roles', { asset_id: id, type: 'audio', role: 'subject' }),
        ).rejects.toThrow();
        await expect(
          insertRow(target, 'asset_roles', { asset_id: id, type: 'video', role: 'subject' }),
        ).rejects.toThrow();
        await expect(target.sql('delete from assets where id = ?', [id])).resolves.toEqual([]);
      });
    });

    describe('lists', () => {
      const names = ['Harbour at dawn', 'harbour 100%', 'Café_table', 'cafe\\table', 'plain'];
      const specs = fc.array(
        fc.record({
          at: fc.integer({ min: 1, max: 4 }),
          type: fc.constantFrom(...assetTypes),
          name: fc.constantFrom(...names),
          campaign: fc.constantFrom(0, 1, 2),
          role: fc.nat({ max: 9 }),
          tags: fc.uniqueArray(fc.constantFrom('Red', 'blue', 'GREEN'), { maxLength: 2 }),
          trashed: fc.boolean(),
        }),
        { maxLength: 24 },
      );
      const filters = fc.record(
        {
          type: fc.constantFrom(...assetTypes),
          campaign: fc.constantFrom(1, 2),
          role: fc.constantFrom<Role>('subject', 'first_frame', 'voice_sample'),
          tagKeys: fc.uniqueArray(fc.constantFrom('red', 'blue', 'green'), { maxLength: 2 }),
          byClient: fc.constant(true),
        },
        { requiredKeys: [] },
      );

      it('page by page give the whole filtered list once and in order, under ties', async () => {
        await fc.assert(
          fc.asyncProperty(specs, filters, fc.integer({ min: 1, max: 5 }), async (made, filter, limit) => {
            const own = await seedAgency(target);
            const campaigns: (CampaignId | null)[] = [null, own.campaignId, own.otherCampaignId];
            const rows = made.map((spec) => {
              const allowed: readonly Role[] = roleTable[spec.type];
              const role = allowed[spec.role % Math.max(1, allowed.length)];
              return {
                ...spec,
                id: uuidIds.asset(),
                roles: role ? [role] : [],
                campaignId: campaigns[spec.campaign] ?? null,
              };
            });
            await write(async (writers) => {
              for (const { id, type, name, campaignId, roles, tags, at, trashed } of rows) {
                await writers.assets.insert(newAsset(own, { id, type, name, campaignId, roles, tags, at }));
                if (trashed) await writers.assets.trash({ id, expectedRowVersion: 1, at });
              }
            });

            const wanted = rows
              .filter((row) => !row.trashed)
              .filter((row) => !filter.type || row.type === filter.type)
              .filter((row) => !filter.campaign || row.campaignId === campaigns[filter.campaign])
              .filter((row) => !filter.role || row.roles.includes(filter.role))
              .filter((row) =>
                (filter.tagKeys ?? []).every((key) => row.tags.some((tag) => tagKey(tag) === key)),
              )
              .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
              .map((row) => row.id);

            const campaignId = filter.campaign ? campaigns[filter.campaign] : undefined;
            const query: AssetQuery = {
              visibility: { kind: 'granted', userId: own.userId, whole: false },
              ...(filter.byClient && { clientId: own.clientId }),
              ...(campaignId && { campaignId }),
              ...(filter.type && { type: filter.type }),
              ...(filter.role && { roles: [filter.role] }),
              ...(filter.tagKeys && { tagKeys: filter.tagKeys }),
              offset: 0,
              limit,
            };
            const found: AssetId[] = [];
            for (let after: AssetQuery['after']; ; ) {
              const page = await read((readers) =>
                readers.assets.list({ ...query, ...(after && { after }) }),
              );
              const tiles = await read((readers) =>
                readers.assets.listTiles({ ...query, ...(after && { after }) }),
              );
              expect(tiles.map(({ id }) => id)).toEqual(page.map(({ id }) => id));
              found.push(...page.map(({ id }) => id));
              const last = page.at(-1);
              if (!last || page.length < limit) break;
              after = { at: Date.parse(last.uploadedAt), id: last.id };
            }
            expect(found).toEqual(wanted);

            const skipped = await read((readers) => readers.assets.list({ ...query, offset: 2, limit: 100 }));
            expect(skipped.map(({ id }) => id)).toEqual(wanted.slice(2));
            if (!filter.role && !filter.tagKeys) {
              expect(await read((readers) => readers.assets.count(query))).toBe(wanted.length);
            }
          }),
          { numRuns: runs },
        );
      });

      it("hold nothing of another user's clients, and nothing when the campaign is another client's", async () => {
        agency = await seedAgency(target);
        const other = await seedAgency(target);
        const { id } = await insert({ campaignId: agency.campaignId });
        const visibility = { kind: 'granted', userId: other.userId, whole: false } as const;
        expect(await list({ visibility })).toEqual([]);
        expect(await list({ visibility, clientId: agency.clientId })).toEqual([]);
        expect(await read((readers) => readers.assets.count({ visibility }))).toBe(0);
        const crossed = {
          visibility: { kind: 'all' },
          clientId: other.clientId,
          campaignId: agency.campaignId,
        } as const;
        expect(await list(crossed)).toEqual([]);
        expect(await read((readers) => readers.assets.count(crossed))).toBe(0);
        expect((await list({ ...crossed, clientId: agency.clientId })).map((asset) => asset.id)).toEqual([
          id,
        ]);
      });
    });

    describe('counters', () => {
      it('equal the sums of what is there after any sequence of writes', async () => {
        const step = fc.record({
          kind: fc.constantFrom('insert', 'insert', 'move', 'trash', 'rename'),
          pick: fc.nat(),
          campaign: fc.constantFrom(0, 1, 2),
          type: fc.constantFrom(...assetTypes),
          size: fc.integer({ min: 1, max: 1_000_000_000_000 }),
        });
        await fc.assert(
          fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
            const own = await seedAgency(target);
            const campaigns = [null, own.campaignId, own.otherCampaignId];
            const alive: {
              id: AssetId;
              rowVersion: number;
              type: string;
              size: number;
              campaignId: CampaignId | null;
            }[] = [];
            for (const { kind, pick, campaign, type, size } of steps) {
              const campaignId = campaigns[campaign] ?? null;
              const chosen = alive[pick % Math.max(1, alive.length)];
              if (kind === 'insert') {
                const asset = await write((writers) =>
                  writers.assets.insert(newAsset(own, { type, size, campaignId })),
                );
                alive.push({ id: asset.id, rowVersion: 1, type, size, campaignId });
              } else if (chosen && kind === 'trash') {
                const change = { id: chosen.id, expectedRowVersion: chosen.rowVersion, at: 3 };
                expect(await write((writers) => writers.assets.trash(change))).toBe(true);
                alive.splice(alive.indexOf(chosen), 1);
              } else if (chosen) {
                const patch = kind === 'move' ? { campaignId } : { name: 'other' };
                const change = { id: chosen.id, expectedRowVersion: chosen.rowVersion, patch, at: 3 };
                expect(await write((writers) => writers.assets.update(change))).not.toBeNull();
                chosen.rowVersion += 1;
                if (kind === 'move') chosen.campaignId = campaignId;
              }
            }
            const sum = (rows: typeof alive) => ({
              count: rows.length,
              bytes: rows.reduce((total, row) => total + row.size, 0),
            });
            const expected = (rows: typeof alive) => ({
              ...sum(rows),
              byType: Object.fromEntries(
                assetTypes.map((type) => [type, sum(rows.filter((row) => row.type === type))]),
              ),
            });
            expect(await read((readers) => readers.clients.stats(own.clientId))).toEqual(expected(alive));
            for (const id of [own.campaignId, own.otherCampaignId]) {
              expect(await read((readers) => readers.campaigns.stats(id))).toEqual(
                expected(alive.filter((row) => row.campaignId === id)),
              );
            }
          }),
          { numRuns: runs },
        );
      });

      it('stay right when many write at once', async () => {
        agency = await seedAgency(target);
        await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            insert({
              campaignId: index % 2 ? agency.campaignId : null,
              size: 5,
              tags: ['shared', `t${index % 3}`],
            }),
          ),
        );
        const assets = await list();
        expect(assets).toHaveLength(20);
        await Promise.all(
          assets.map((asset, index) =>
            write((writers) =>
              writers.assets.update({
                id: asset.id,
                expectedRowVersion: 1,
                patch: {
                  campaignId: index % 3 ? agency.otherCampaignId : agency.campaignId,
                  tags: ['shared', 'again'],
                },
                at: 2,
              }),
            ),
          ),
        );
        const counts = await read(async (readers) => [
          await readers.clients.stats(agency.clientId),
          await readers.campaigns.stats(agency.campaignId),
          await readers.campaigns.stats(agency.otherCampaignId),
        ]);
        expect(counts.map(({ count, bytes }) => [count, bytes])).toEqual([
          [20, 100],
          [7, 35],
          [13, 65],
        ]);
        const tags = await read((readers) => readers.tags.list({ clientId: agency.clientId, limit: 10 }));
        expect(tags.map(({ name, assetCount }) => [name, assetCount])).toEqual([
          ['again', 20],
          ['shared', 20],
          ['t0', 0],
          ['t1', 0],
          ['t2', 0],
        ]);
      });
    });

    describe('tags', () => {
      beforeAll(async () => {
        agency = await seedAgency(target);
      });

      it('are one without regard to case, and keep the spelling that came first', async () => {
        await insert({ tags: ['Harbour', 'HARBOUR', 'Ünder'] });
        const second = await insert({ tags: ['harbour', 'ünder', '100%'] });
        expect(second.tags).toEqual(['100%', 'Harbour', 'Ünder']);
        const tags = await read((readers) => readers.tags.list({ clientId: agency.clientId, limit: 10 }));
        expect(tags.map(({ name, assetCount }) => [name, assetCount])).toEqual([
          ['100%', 1],
          ['Harbour', 2],
          ['Ünder', 2],
        ]);
      });

      it('are found by the beginning of their key, with LIKE characters meaning themselves', async () => {
        const find = async (prefix: string) =>
          (await read((readers) => readers.tags.list({ clientId: agency.clientId, prefix, limit: 10 }))).map(
            (tag) => tag.name,
          );
        expect(await find('harb')).toEqual(['Harbour']);
        expect(await find('ün')).toEqual(['Ünder']);
        expect(await find('100%')).toEqual(['100%']);
        expect(await find('%')).toEqual([]);
      });

      it('count no asset in the trash', async () => {
        const { id } = await insert({ tags: ['fleeting'] });
        await write((writers) => writers.assets.trash({ id, expectedRowVersion: 1, at: 2 }));
        const [tag] = await read((readers) =>
          readers.tags.list({ clientId: agency.clientId, prefix: 'fleeting', limit: 1 }),
        );
        expect(tag?.assetCount).toBe(0);
      });
    });

    describe('blobs', () => {
      it('whose bytes are being deleted, or are gone with their row, cannot be begun to be used', async () => {
        const sha256 = sha256Schema.parse('ce'.repeat(32));
        const blob = { sha256, size: 4, store: 'disk', at: 1 } as const;
        const ensure = (known: boolean) => write((writers) => writers.blobs.ensure({ ...blob, known }));
        await expect(ensure(true)).rejects.toThrow(BlobGoneError);
        await ensure(false);
        await ensure(true);
        await target.sql('update blobs set deleting_at = 5 where sha256 = ?', [sha256]);
        await expect(ensure(true)).rejects.toThrow(BlobGoneError);
        await expect(ensure(false)).rejects.toThrow(BlobGoneError);
        expect(await read((readers) => readers.blobs.find(sha256))).toMatchObject({ deleting: true });
      });

      it('are added once, and taken off the collector’s list when they come back', async () => {
        const sha256 = sha256Schema.parse('cd'.repeat(32));
        expect(await read((readers) => readers.blobs.find(sha256))).toBeNull();
        const blob = { sha256, size: 4, store: 'disk', known: false } as const;
        await write((writers) => writers.blobs.ensure({ ...blob, at: 1 }));
        await target.sql('update blobs set unreferenced_at = 5 where sha256 = ?', [sha256]);
        await write((writers) => writers.blobs.ensure({ ...blob, at: 9 }));
        const { known: _known, ...row } = blob;
        expect(await read((readers) => readers.blobs.find(sha256))).toEqual({
          ...row,
          deleting: false,
          damage: null,
        });
        const rows = await target.sql('select created_at, unreferenced_at from blobs where sha256 = ?', [
          sha256,
        ]);
        expect(rows.map((row) => [Number(row['created_at']), row['unreferenced_at']])).toEqual([[1, null]]);
      });

      it('cannot go while a version points at them', async () => {
        agency = await seedAgency(target);
        await insert();
        await expect(target.sql('delete from blobs where sha256 = ?', [exampleSha256])).rejects.toThrow();
      });
    });

    describe('users', () => {
      it('are found by id and by address, and the first owner is the owner', async () => {
        const id = await target.addUser();
        const user = await read((readers) => readers.users.find(id));
        expect(user).toEqual({ id, name: id, email: `${id}@example.test`, role: 'owner' });
        expect(
          await read((readers) => readers.users.findByEmail(` ${id.toUpperCase()}@Example.test`)),
        ).toEqual(user);
        expect(await read((readers) => readers.users.findByEmail('nobody@example.test'))).toBeNull();
        await target.sql('update users set created_at = 0 where id = ?', [id]);
        expect((await read((readers) => readers.users.findOwner()))?.id).toBe(id);
      });
    });

    describe('the audit log', () => {
      it('is one unbroken chain, however many append at once', async () => {
        await Promise.all(
          Array.from({ length: 12 }, (_, index) =>
            write((writers) => writers.audit.append(event({ targetId: `t${index}`, at: index }))),
          ),
        );
        const events = await read((readers) => readers.audit.list({ afterSeq: 0, limit: 10_000 }));
        expect(events.length).toBeGreaterThanOrEqual(12);
        let previous = auditGenesis;
        for (const [index, { hash, previousHash, ...content }] of events.entries()) {
          expect(content.seq).toBe(index + 1);
          expect(previousHash).toBe(previous);
          expect(hash).toBe(auditHash(previous, content));
          previous = hash;
        }
        const [second] = await read((readers) => readers.audit.list({ afterSeq: 1, limit: 1 }));
        expect(second?.seq).toBe(2);
      });

      it('keeps of a value what JSON keeps, so that the chain verifies after undefined and dates', async () => {
        const after = { gone: undefined, list: [undefined], at: new Date(0) };
        await write((writers) => writers.audit.append(event({ after })));
        const last = (await read((readers) => readers.audit.list({ afterSeq: 0, limit: 10_000 }))).at(-1);
        if (!last) throw new Error('no event');
        const { hash, previousHash, ...content } = last;
        expect(content.after).toEqual({ list: [null], at: '1970-01-01T00:00:00.000Z' });
        expect(hash).toBe(auditHash(previousHash, content));
      });

      it('refuses UPDATE, DELETE, a number that is taken and a gap', async () => {
        await write((writers) => writers.audit.append(event()));
        await expect(target.sql("update audit_events set action = 'x' where seq = 1")).rejects.toThrow(
          /append-only/,
        );
        await expect(target.sql('delete from audit_events')).rejects.toThrow(/append-only/);
        const row = {
          at: 1,
          actor_kind: 'system',
          action: 'x',
          target_type: 'x',
          target_id: 'x',
          previous_hash: '',
          hash: 'ab'.repeat(32),
        };
        await expect(insertRow(target, 'audit_events', { ...row, seq: 1 })).rejects.toThrow(/append-only/);
        await expect(insertRow(target, 'audit_events', { ...row, seq: 1_000_000 })).rejects.toThrow(
          /append-only/,
        );
      });
    });

    describe('a transaction', () => {
      beforeAll(async () => {
        agency = await seedAgency(target);
      });

      it('that rejects leaves nothing behind and passes the reason on', async () => {
        const fresh = newAsset(agency, { tags: ['never'] });
        const reason = new Error('changed my mind');
        const before = await read((readers) => readers.clients.stats(agency.clientId));
        await expect(
          write(async (writers) => {
            await writers.assets.insert(fresh);
            await writers.audit.append(event());
            expect(await writers.assets.find(fresh.id)).not.toBeNull();
            throw reason;
          }),
        ).rejects.toBe(reason);
        expect(await read((readers) => readers.assets.find(fresh.id))).toBeNull();
        expect(await read((readers) => readers.clients.stats(agency.clientId))).toEqual(before);
        expect(await read((readers) => readers.tags.list({ clientId: agency.clientId, limit: 9 }))).toEqual(
          [],
        );
      });

      it('may wait in its work while others queue, and each sees what was committed before', async () => {
        const { id } = await insert();
        await Promise.all(
          Array.from({ length: 8 }, () =>
            write(async (writers) => {
              for (;;) {
                const asset = await writers.assets.find(id);
                if (!asset) throw new Error('gone');
                await new Promise((resolve) => setTimeout(resolve, 2));
                const change = { id, expectedRowVersion: asset.rowVersion, patch: { name: 'n' }, at: 2 };
                if (await writers.assets.update(change)) return;
              }
            }),
          ),
        );
        expect((await read((readers) => readers.assets.find(id)))?.rowVersion).toBe(9);
      });

      it('started inside another one’s work is refused at once instead of waiting for itself', async () => {
        await expect(write(() => write(async () => {}))).rejects.toThrow(/inside the work of another one/);
        await expect(write(async () => 'still works')).resolves.toBe('still works');
      });

      it('that fails on a constraint rolls back and leaves the next one unharmed', async () => {
        const wrong = newAsset(agency, { sha256: sha256Schema.parse('ee'.repeat(32)) });
        await expect(write((writers) => writers.assets.insert(wrong))).rejects.toThrow();
        expect(await read((readers) => readers.assets.find(wrong.id))).toBeNull();
        expect(await insert()).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      });
    });

    it('passes its own check', async () => {
      await expect(database().check()).resolves.toBeUndefined();
    });

    it('finds nothing for an id that nothing has', async () => {
      const id = assetIdSchema.parse('00000000-0000-7000-8000-000000000000');
      expect(await read((readers) => readers.assets.find(id))).toBeNull();
      expect(await read((readers) => readers.clients.find(uuidIds.client()))).toBeNull();
      expect(await read((readers) => readers.campaigns.find(uuidIds.campaign()))).toBeNull();
    });
  });
}

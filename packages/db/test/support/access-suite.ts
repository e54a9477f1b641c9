import {
  type Actor,
  can,
  type GivenRole,
  type Resource,
  type Standing,
  visibilityIn,
  visibleTo,
} from '@vitrine/core';
import {
  type AssetId,
  type CampaignId,
  type ClientId,
  type ExceptionRole,
  exceptionRoles,
  type GrantRole,
  grantRoles,
  type UserId,
} from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

interface KnownAsset {
  readonly id: AssetId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly userId: UserId;
}

/** Who was given what, by the number of the thing it is about; null: nothing. */
interface World {
  readonly clients: readonly (GrantRole | null)[];
  readonly campaigns: readonly (ExceptionRole | null)[];
  readonly assets: readonly (ExceptionRole | null)[];
  readonly hidden: readonly boolean[];
}

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).sort();

/** What lists contain is what the policy allows, in whatever way grants are given. */
export function describeAccess(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`access on ${name}`, () => {
    let target: TestDatabase;
    let agencies: Agency[] = [];
    let member: UserId;
    const assets: KnownAsset[] = [];

    beforeAll(async () => {
      target = await open();
      agencies = [await seedAgency(target), await seedAgency(target)];
      member = await target.addUser();
      await target.database.transaction(async (writers) => {
        for (const agency of agencies) {
          for (const campaignId of [agency.campaignId, agency.otherCampaignId, null]) {
            for (const userId of [member, agency.userId]) {
              const asset = await writers.assets.insert(newAsset({ ...agency, userId }, { campaignId }));
              assets.push(asset);
            }
          }
        }
      });
    });
    afterAll(() => target[Symbol.asyncDispose]());

    const campaigns = () =>
      agencies.flatMap(({ clientId, campaignId, otherCampaignId }) => [
        { id: campaignId, clientId },
        { id: otherCampaignId, clientId },
      ]);

    const world: fc.Arbitrary<World> = fc.record({
      clients: fc.array(fc.option(fc.constantFrom(...grantRoles)), { minLength: 2, maxLength: 2 }),
      campaigns: fc.array(fc.option(fc.constantFrom(...exceptionRoles), { freq: 2 }), {
        minLength: 4,
        maxLength: 4,
      }),
      assets: fc.array(fc.option(fc.constantFrom(...exceptionRoles), { freq: 1 }), {
        minLength: 12,
        maxLength: 12,
      }),
      hidden: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    });

    async function become({ hidden, ...given }: World): Promise<void> {
      for (const table of ['client_grants', 'campaign_grants', 'asset_grants']) {
        await target.sql(`delete from ${table} where user_id = ?`, [member]);
      }
      await target.sql('delete from hidden_assets');
      const roles: GivenRole[] = [
        ...agencies.flatMap(({ clientId }, at) => {
          const role = given.clients[at];
          return role ? [{ kind: 'client' as const, userId: member, clientId, role }] : [];
        }),
        ...campaigns().flatMap(({ id: campaignId, clientId }, at) => {
          const role = given.campaigns[at];
          return role ? [{ kind: 'campaign' as const, userId: member, clientId, campaignId, role }] : [];
        }),
        ...assets.flatMap(({ id: assetId, clientId }, at) => {
          const role = given.assets[at];
          return role ? [{ kind: 'asset' as const, userId: member, clientId, assetId, role }] : [];
        }),
      ];
      await target.database.transaction(async (writers) => {
        for (const role of roles) await writers.grants.put({ ...role, grantedBy: member, at: 1 });
        for (const [at, { id: assetId, clientId }] of assets.entries()) {
          if (hidden[at])
            await writers.grants.hide({ assetId, clientId, until: null, hiddenBy: member, at: 1 });
        }
      });
    }

    /** The standing as the world says it, without any SQL. */
    function standingIn(
      { clients, campaigns: exceptions, assets: own, hidden }: World,
      at: { clientId: ClientId; campaignId?: CampaignId | null; assetId?: AssetId },
    ): Standing {
      const index = assets.findIndex(({ id }) => id === at.assetId);
      const opened = (role: ExceptionRole | null | undefined) =>
        role !== null && role !== undefined && role !== 'none';
      const inClient = <T extends { clientId: ClientId }>(
        things: readonly T[],
        roles: readonly (ExceptionRole | null)[],
      ) => things.some(({ clientId }, number) => clientId === at.clientId && opened(roles[number]));
      return {
        client: clients[agencies.findIndex(({ clientId }) => clientId === at.clientId)] ?? null,
        campaign: exceptions[campaigns().findIndex(({ id }) => id === at.campaignId)] ?? null,
        asset: own[index] ?? null,
        guest: inClient(campaigns(), exceptions) || inClient(assets, own),
        hidden: hidden[index] ?? false,
      };
    }

    const actor = (): Actor => ({ kind: 'user', userId: member, role: 'member' });

    it('lists exactly the clients, campaigns and assets that may be read', async () => {
      await fc.assert(
        fc.asyncProperty(world, async (given) => {
          await become(given);
          const resource = (asset: KnownAsset): Resource => ({
            kind: 'asset',
            clientId: asset.clientId,
            uploadedBy: asset.userId,
            standing: standingIn(given, { ...asset, assetId: asset.id }),
          });
          const readable = assets.filter((asset) => can(actor(), 'asset.read', resource(asset)));
          const readableCampaigns = campaigns().filter(({ id, clientId }) =>
            can(actor(), 'campaign.read', {
              kind: 'campaign',
              clientId,
              standing: standingIn(given, { clientId, campaignId: id }),
            }),
          );
          const readableClients = agencies.filter(({ clientId }) =>
            can(actor(), 'client.read', {
              kind: 'client',
              clientId,
              standing: standingIn(given, { clientId }),
            }),
          );
          await target.database.read(async (readers) => {
            for (const visibility of [visibleTo(actor()), await visibilityIn(readers, actor())]) {
              const query = { visibility, offset: 0, limit: 100 };
              expect(ids(await readers.assets.list(query))).toEqual(ids(readable));
              expect(ids(await readers.assets.listTiles(query))).toEqual(ids(readable));
              expect(await readers.assets.count({ visibility })).toBe(readable.length);
              expect((await readers.assets.stats({ visibility })).count).toBe(readable.length);
              const all = assets.map(({ id }) => id);
              expect((await readers.access.visible({ ids: all, visibility })).sort()).toEqual(ids(readable));
              expect(ids(await readers.assets.findTiles({ ids: all, visibility }))).toEqual(ids(readable));
              const found = await readers.search.find({ visibility, clauses: [], bounds: [], limit: 100 });
              expect(ids(found)).toEqual(ids(readable));
              expect(ids(await readers.campaigns.list({ visibility }))).toEqual(ids(readableCampaigns));
              expect(ids(await readers.clients.list({ visibility, includeArchived: true }))).toEqual(
                readableClients.map(({ clientId }) => clientId).sort(),
              );
            }
            // Of one client that was checked, in its cheapest form.
            for (const { clientId } of readableClients) {
              const visibility = await visibilityIn(readers, actor(), clientId);
              const ofClient = readable.filter((asset) => asset.clientId === clientId);
              const query = { visibility, clientId, offset: 0, limit: 100 };
              expect(ids(await readers.assets.list(query))).toEqual(ids(ofClient));
              expect(await readers.assets.count({ visibility, clientId })).toBe(ofClient.length);
            }
          });
        }),
        { numRuns: runs },
      );
    });

    it('reads of each place what was given there', async () => {
      await fc.assert(
        fc.asyncProperty(world, async (given) => {
          await become(given);
          await target.database.read(async (readers) => {
            for (const { id: assetId, clientId, campaignId } of assets) {
              const place = { clientId, campaignId, assetId };
              expect(await readers.access.standing({ ...place, userId: member })).toEqual(
                standingIn(given, place),
              );
            }
          });
        }),
        { numRuns: Math.ceil(runs / 3) },
      );
    });

    it('shows a key that is bound to a client nothing of another', async () => {
      const [first, second] = agencies;
      if (!first || !second) throw new Error('There are two agencies.');
      await target.database.read(async (readers) => {
        for (const role of ['owner', 'member'] as const) {
          const key: Actor = {
            kind: 'api_key',
            userId: first.userId,
            role,
            keyId: 'k',
            scopes: ['assets:read', 'clients:read'],
            clientIds: [first.clientId],
          };
          const visibility = visibleTo(key);
          const listed = await readers.assets.list({ visibility, offset: 0, limit: 100 });
          expect(new Set(listed.map(({ clientId }) => clientId))).toEqual(new Set([first.clientId]));
          expect(listed).toHaveLength(6);
          const clients = await readers.clients.list({ visibility, includeArchived: true });
          expect(clients.map(({ id }) => id)).toEqual([first.clientId]);
          const campaignsSeen = await readers.campaigns.list({ visibility });
          expect(new Set(campaignsSeen.map(({ clientId }) => clientId))).toEqual(new Set([first.clientId]));
        }
      });
    });

    it('makes whoever makes a client its manager', async () => {
      const [agency] = agencies;
      if (!agency) throw new Error('There are two agencies.');
      const grants = await target.database.read((readers) => readers.grants.list(agency.clientId));
      expect(grants.filter(({ person }) => person.id === agency.userId)).toMatchObject([
        { kind: 'client', role: 'manager', clientId: agency.clientId },
      ]);
    });
  });
}

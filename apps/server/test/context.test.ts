import type { Caller } from '@vitrine/core';
import { uuidIds } from '@vitrine/core';
import {
  type AssetFacts,
  type AssetFormat,
  aiUses,
  type ContextResolveInput,
  campaignIdSchema,
  clientIdSchema,
  contextResolveInputSchema,
  mayCarry,
  mimeTypeOf,
  type Rights,
  type Role,
  rightsInputSchema,
  roles,
  sha256Schema,
  slotBounds,
  userIdSchema,
} from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const day = '2026-05-10';
const idSchema = z.object({ id: z.string() });

/** An asset as the property tests make it up. */
interface Made {
  readonly facts: AssetFacts;
  readonly roles: readonly Role[];
  readonly place: 'campaign' | 'client' | 'elsewhere';
  readonly rank: number | null;
  readonly at: number;
  readonly bytes: number;
  readonly rights: Rights;
}

const size = fc.constantFrom(
  { width: 1920, height: 1080 },
  { width: 640, height: 360 },
  { width: 800, height: 800 },
);
const durationMs = fc.constantFrom(900, 4000, 30_000);
const factsArbitrary: fc.Arbitrary<AssetFacts> = fc.oneof(
  fc
    .tuple(size, fc.constantFrom('png' as const, 'jpeg' as const))
    .map(([shape, format]) => ({ type: 'image' as const, format, ...shape })),
  fc
    .tuple(size, durationMs)
    .map(([shape, ms]) => ({ type: 'video' as const, format: 'mp4' as const, ...shape, durationMs: ms })),
  durationMs.map((ms) => ({ type: 'audio' as const, format: 'wav' as const, durationMs: ms })),
);
const dayArbitrary = fc.constantFrom('2026-05-09', day, '2026-05-11');
const rightsArbitrary = fc
  .record(
    {
      from: dayArbitrary,
      to: dayArbitrary,
      territories: fc.subarray(['DE', 'FR']),
      channels: fc.subarray(['tv', 'social']),
      aiUse: fc.constantFrom(...aiUses),
    },
    { requiredKeys: [] },
  )
  .filter(({ from, to }) => !from || !to || from <= to)
  .map((rights) => rightsInputSchema.parse(rights));
const madeArbitrary: fc.Arbitrary<Made> = fc
  .record({
    facts: factsArbitrary,
    roles: fc.subarray<Role>(['brand_logo', 'subject', 'voice_sample']),
    place: fc.constantFrom('campaign' as const, 'client' as const, 'client' as const, 'elsewhere' as const),
    rank: fc.option(fc.integer({ min: 1, max: 2 })),
    at: fc.integer({ min: 1, max: 2 }),
    bytes: fc.nat(0xffff),
    rights: fc.oneof(fc.constant(rightsInputSchema.parse({ aiUse: 'allowed' })), rightsArbitrary),
  })
  .map((made) => ({ ...made, roles: made.roles.filter((role) => mayCarry(made.facts.type, role)) }));

const constraintsArbitrary = fc.record(
  {
    aspect: fc.constantFrom('16:9', '1:1'),
    minWidth: fc.constantFrom(700, 1920),
    minHeight: fc.constantFrom(800, 1080),
    maxDuration: fc.constantFrom(1, 4.5),
    formats: fc.subarray<AssetFormat>(['png', 'jpg', 'mp4', 'wav'], { minLength: 1 }),
    channel: fc.constantFrom('tv', 'social'),
    territory: fc.constantFrom('DE', 'FR'),
    aiUse: fc.constantFrom('allowed' as const, 'not_refused' as const),
  },
  { requiredKeys: [] },
);
const sizeArbitrary = fc.oneof(
  fc.integer({ min: 0, max: 2 }),
  fc.record(
    {
      min: fc.integer({ min: 0, max: 1 }),
      max: fc.integer({ min: 1, max: 3 }),
      constraints: constraintsArbitrary,
    },
    { requiredKeys: [] },
  ),
);
const needArbitrary = fc
  .record(
    { brand_logo: sizeArbitrary, subject: sizeArbitrary, voice_sample: sizeArbitrary },
    { requiredKeys: [] },
  )
  .filter((need) => Object.keys(need).length > 0);

type Constraints = NonNullable<ContextResolveInput['constraints']>;

/** What the constraints mean, said a second time. */
function satisfies({ facts, rights }: Pick<Made, 'facts' | 'rights'>, wanted: Constraints): boolean {
  const shape = 'width' in facts ? facts : null;
  const length = 'durationMs' in facts ? facts.durationMs / 1000 : 0;
  const [across = 1, down = 1] = (wanted.aspect ?? '').split(':').map(Number);
  const format = facts.format === 'jpeg' ? 'jpg' : facts.format;
  const allowed = (list: readonly string[], one: string | undefined) =>
    !one || list.length === 0 || list.includes(one);
  return (
    (!shape ||
      (shape.width >= (wanted.minWidth ?? 0) &&
        shape.height >= (wanted.minHeight ?? 0) &&
        (!wanted.aspect || Math.abs(shape.width / shape.height / (across / down) - 1) < 0.0101))) &&
    length <= (wanted.maxDuration ?? Number.POSITIVE_INFINITY) &&
    (!wanted.formats || wanted.formats.some((one) => one === format)) &&
    (rights.from ?? day) <= day &&
    (rights.to ?? day) >= day &&
    allowed(rights.territories, wanted.territory) &&
    allowed(rights.channels, wanted.channel) &&
    rights.aiUse !== 'refused' &&
    (wanted.aiUse !== 'allowed' || rights.aiUse === 'allowed')
  );
}

describe('context.resolve, whatever is in the library and whatever is asked', () => {
  let server: TestServer;
  let caller: Caller;

  beforeAll(async () => {
    server = await startServer({}, { clock: { now: () => Date.parse(`${day}T23:59:59.999Z`) } });
    caller = {
      actor: { kind: 'user', userId: userIdSchema.parse(server.owner.id), role: 'owner' },
      requestId: 'r',
      address: null,
    };
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function place() {
    const clientId = clientIdSchema.parse(await server.create('/api/clients', { name: 'Northwind' }));
    const [campaignId, elsewhere] = [
      campaignIdSchema.parse(await server.create('/api/campaigns', { clientId, name: 'Winter' })),
      campaignIdSchema.parse(await server.create('/api/campaigns', { clientId, name: 'Summer' })),
    ];
    return { clientId, campaignId, elsewhere };
  }

  async function fill(library: readonly Made[]) {
    const { clientId, campaignId, elsewhere } = await place();
    const ids = library.map(() => uuidIds.asset());
    await server.composition.database.transaction(async (writers) => {
      for (const [index, made] of library.entries()) {
        const sha256 = sha256Schema.parse(made.bytes.toString(16).padStart(64, '0'));
        await writers.blobs.ensure({ sha256, size: 10, store: 'disk', known: false, at: 1 });
        const campaigns = { campaign: campaignId, client: null, elsewhere };
        await writers.assets.insert({
          id: ids[index] ?? uuidIds.asset(),
          userId: userIdSchema.parse(server.owner.id),
          clientId,
          campaignId: campaigns[made.place],
          name: `asset ${index}`,
          facts: made.facts,
          mimeType: mimeTypeOf(made.facts.format),
          size: 10,
          sha256,
          roles: made.roles,
          tags: [],
          rights: made.rights,
          at: made.at,
        });
      }
    });
    const db = new Sqlite(`${server.dataDir}/vitrine.sqlite`);
    for (const [index, made] of library.entries()) {
      db.prepare('update assets set priority = ? where id = ?').run(made.rank, ids[index]);
    }
    db.close();
    return { clientId, campaignId, ids };
  }

  async function ask(input: ContextResolveInput) {
    const { context } = server.composition.services;
    return context.resolve(caller, contextResolveInputSchema.parse(input));
  }

  it('answers with exactly the first that fit of each slot, or names each slot that has too few', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(madeArbitrary, { maxLength: 9 }),
        needArbitrary,
        constraintsArbitrary,
        fc.boolean(),
        async (library, need, constraints, ofCampaign) => {
          const { clientId, campaignId, ids } = await fill(library);
          const answer = await ask({ clientId, ...(ofCampaign && { campaignId }), need, constraints });
          const rows = library.map((made, index) => ({ ...made, id: ids[index] ?? '' }));
          const inScope = rows.filter(
            (row) => row.place === 'client' || (ofCampaign && row.place === 'campaign'),
          );
          const order = (row: (typeof rows)[number]) =>
            `${row.place === 'campaign' ? 0 : 1} ${row.rank ?? 9} ${9 - row.at}`;
          inScope.sort((a, b) => order(a).localeCompare(order(b)) || (a.id < b.id ? 1 : -1));
          const slots = roles.flatMap((role) => {
            const wanted = Object.entries(need).find(([name]) => name === role)?.[1];
            if (wanted === undefined) return [];
            const tagged = inScope.filter((row) => row.roles.includes(role));
            const own = typeof wanted === 'number' ? {} : wanted.constraints;
            const fitting = tagged.filter((row) => satisfies(row, { ...constraints, ...own }));
            return [{ role, ...slotBounds(wanted), tagged, fitting }];
          });
          const short = slots.filter(({ fitting, min }) => fitting.length < min);
          expect(answer.ok).toBe(short.length === 0);
          if (answer.ok) {
            expect([...answer.slots.keys()]).toEqual(slots.map(({ role }) => role));
            for (const { role, fitting, max } of slots) {
              const chosen = answer.slots.get(role) ?? [];
              expect(chosen.map(({ id }) => id)).toEqual(fitting.slice(0, max).map(({ id }) => id));
              expect(chosen.map(({ priority }) => priority)).toEqual(chosen.map((_, index) => index + 1));
            }
          } else {
            expect(answer.missing.map(({ slot }) => slot)).toEqual(short.map(({ role }) => role));
            for (const [index, missing] of answer.missing.entries()) {
              const { tagged = [], fitting = [], min } = short[index] ?? {};
              const unfit = tagged.filter((row) => !fitting.includes(row));
              expect(missing).toMatchObject({ needed: min, fitting: fitting.length, tagged: tagged.length });
              expect(missing.candidates.map(({ id }) => id)).toEqual(unfit.map(({ id }) => id));
              const first = missing.candidates[0]?.reasons[0];
              expect(missing.reason).toBe(first ?? (tagged.length === 0 ? 'none_tagged' : 'too_few'));
            }
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('has one hash for the same question and choice, another when a chosen version is another, and none of names', async () => {
    const { clientId } = await place();
    const form = async (fields: Record<string, string>, seed: number, name: string) => {
      const parts = [
        { name: 'clientId', value: clientId },
        ...Object.entries(fields).map(([key, value]) => ({ name: key, value })),
        { name: 'file', value: await smallPng(seed), fileName: name },
      ];
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
      return idSchema.parse(await answer.json()).id;
    };
    const logo = await form({ tags: '["brand_logo"]' }, 1, 'logo.png');
    const hashOf = async (input: Partial<ContextResolveInput> = {}) => {
      const answer = await ask({ clientId, need: { brand_logo: 1, subject: { max: 2 } }, ...input });
      return answer.ok ? answer.hash : 'missing';
    };
    const hash = await hashOf();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashOf({ need: { subject: { max: 2, min: 0 }, brand_logo: { min: 1, max: 1 } } })).toBe(
      hash,
    );
    expect(await hashOf({ constraints: { aiUse: 'not_refused' } })).toBe(hash);
    expect(await hashOf({ constraints: { minWidth: 1 } })).not.toBe(hash);

    const rename = jsonRequest('PATCH', { name: 'renamed' });
    expect((await server.request(`/api/v2/assets/${logo}`, rename)).status).toBe(200);
    expect(await hashOf()).toBe(hash);
    // One that is not chosen changes nothing.
    await form({ tags: '["closing_frame"]' }, 2, 'other.png');
    expect(await hashOf()).toBe(hash);
    await form({ assetId: logo }, 3, 'logo.png');
    expect(await hashOf()).not.toBe(hash);
  });
});

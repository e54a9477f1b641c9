import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallPng } from '../small-files.ts';
import { startServer, type TestServer } from '../start-server.ts';
import { give, type Library, read, sha256Of } from './library.ts';
import { after, type Command, type Model } from './library-model.ts';

const commands = Number(process.env['VITRINE_MODEL_COMMANDS'] ?? 2000);
const seed = Number(process.env['VITRINE_MODEL_SEED'] ?? 1);
const mostAtOnce = 6;
const roundsInRun = 12;
const perRun = (roundsInRun * (1 + mostAtOnce)) / 2;

/** A command before it is known what there is: things are named by a number, counted through what the model has. */
interface Wish {
  readonly do: Command['do'];
  readonly asset: number;
  readonly file: number;
  readonly campaign: number;
  readonly word: number;
  readonly stale: boolean;
  readonly inPieces: boolean;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  do: fc.constantFrom<Command['do'][]>(
    'upload',
    'upload',
    'upload',
    'replace',
    'replace',
    'rename',
    'move',
    'tag',
    'trash',
    'trash',
    'restore',
    'restoreVersion',
    'purge',
    'collect',
  ),
  asset: fc.nat(30),
  file: fc.nat(5),
  campaign: fc.nat(2),
  word: fc.nat(7),
  stale: fc.boolean(),
  inPieces: fc.boolean(),
});
const rounds = fc.array(fc.array(wish, { minLength: 1, maxLength: mostAtOnce }), {
  minLength: roundsInRun,
  maxLength: roundsInRun,
});

const nobody = '00000000-0000-7000-8000-000000000000';

describe('the library beside its model', () => {
  let server: TestServer;
  let offset = 0;
  let given = 0;
  const files = new Map<string, Buffer>();

  beforeAll(async () => {
    server = await startServer({}, { clock: { now: () => Date.now() + offset } });
    for (let file = 0; file < 6; file += 1) {
      const bytes = await smallPng(file, 20 + file, 20);
      files.set(sha256Of(bytes), bytes);
    }
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  function commandOf(wished: Wish, model: Model, campaigns: readonly string[]): Command {
    const assets = [...model.values()];
    const asset = assets[wished.asset % Math.max(1, assets.length)];
    const id = asset?.id ?? nobody;
    const sha256 = [...files.keys()][wished.file] ?? '';
    const campaign = campaigns[wished.campaign] ?? null;
    const name = `name ${wished.word}`;
    const rowVersion = wished.stale ? Math.max(1, (asset?.rowVersion ?? 1) - (wished.word % 2)) : null;
    switch (wished.do) {
      case 'upload':
        return { do: wished.do, sha256, campaign, name, keep: wished.word === 7 };
      case 'replace':
        return { do: wished.do, id, sha256, rowVersion };
      case 'rename':
        return { do: wished.do, id, name, rowVersion };
      case 'move':
        return { do: wished.do, id, campaign };
      case 'tag':
        return { do: wished.do, id, tags: ['dawn', 'dusk', 'noon'].slice(0, wished.word % 4) };
      case 'restoreVersion':
        return { do: wished.do, id, version: 1 + (wished.word % 3) };
      case 'trash':
      case 'restore':
      case 'purge':
        return { do: wished.do, id };
      case 'collect':
        return { do: wished.do };
      default:
        return wished.do satisfies never;
    }
  }

  /** Of the trash no list tells versions and tags. */
  const listed = (model: Model) =>
    [...model.values()]
      .map((asset) => (asset.trashed ? { ...asset, tags: [], versions: [] } : asset))
      .sort((a, b) => (a.id < b.id ? -1 : 1));

  async function expectBytes(library: Library, model: Model): Promise<void> {
    for (const { id, versions, trashed } of model.values()) {
      if (trashed) continue;
      const answer = await server.request(`/api/v2/assets/${id}/data`);
      expect(sha256Of(Buffer.from(await answer.arrayBuffer()))).toBe(versions.at(-1));
    }
    const { count } = z
      .object({ count: z.number() })
      .parse(await (await server.request(`/api/clients/${library.clientId}/stats`)).json());
    expect(count).toBe([...model.values()].filter(({ trashed }) => !trashed).length);
  }

  async function run(wishes: readonly (readonly Wish[])[]): Promise<void> {
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const campaigns = [
      await server.create('/api/campaigns', { clientId, name: 'Winter' }),
      await server.create('/api/campaigns', { clientId, name: 'Summer' }),
    ];
    const later = () => {
      offset += 3 * 86_400_000;
    };
    const library: Library = { server, clientId, files, later };
    let model: Model = new Map();
    for (const round of wishes) {
      const wanted = round.map((one) => ({ ...one, command: commandOf(one, model, campaigns) }));
      const done = await Promise.all(
        wanted.map(async ({ command, inPieces }) => ({
          command,
          answer: await give(library, command, inPieces),
        })),
      );
      given += done.length;
      const now = listed(await read(library));
      const possible = after(model, done);
      const found = possible.find((one) => JSON.stringify(listed(one)) === JSON.stringify(now));
      if (!found) {
        // Says what was done and what is, beside one of the models it could have been.
        expect({ done, now }).toEqual({ done, now: listed(possible[0] ?? model), orders: possible.length });
        return;
      }
      model = found;
    }
    await expectBytes(library, model);
  }

  it(
    `does what the model does, with up to ${mostAtOnce} at once, in ${commands} commands`,
    async () => {
      await fc.assert(fc.asyncProperty(rounds, run), {
        numRuns: Math.ceil(commands / perRun),
        seed,
        endOnFailure: false,
        interruptAfterTimeLimit: 3_600_000,
      });
      expect(given).toBeGreaterThan(commands * 0.8);
    },
    120_000 + commands * 50,
  );
});

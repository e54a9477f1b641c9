import { appRouter, operationsOf } from '@vitrine/api';
import { type SeededRandom, seededRandom } from '@vitrine/testing';
import { describe, expect, it } from 'vitest';
import { questionsAbout } from './questions.ts';
import { type Asker, createWorld, type World } from './world.ts';

const calls = Number(process.env['VITRINE_FUZZ_CALLS'] ?? 10_000);
const seed = Number(process.env['VITRINE_FUZZ_SEED'] ?? 1);
const mostInBatch = 6;

interface Call {
  readonly name: string;
  readonly type: 'query' | 'mutation';
  readonly input: unknown;
}

const chance = (random: SeededRandom) => random.below(1000) / 1000;
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The value with another one in its place here and there: an id of somebody else's, an array for a text, a key that is none. */
function twisted(random: SeededRandom, value: unknown, ids: readonly string[]): unknown {
  const odds = chance(random);
  if (typeof value === 'string') {
    if (uuid.test(value) && odds < 0.5) return random.pick(ids);
    if (odds < 0.56) return [value];
    if (odds < 0.6) return { $eq: value };
    if (odds < 0.64) return random.pick(["' or 1=1 --", '%', '*', '\u0000', '../..', value.toUpperCase()]);
    return value;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => twisted(random, item, ids));
    return odds < 0.3 ? [...items, random.pick(ids)] : items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => [key, twisted(random, inner, ids)] as const);
    const extra = random.pick([
      'userId',
      'clientId',
      'role',
      'where',
      'constructor',
      'visibility',
      'campaignId',
    ]);
    return Object.fromEntries([
      ...entries,
      ...(odds < 0.2 ? [[extra, random.pick([...ids, 'owner', 'all'])] as const] : []),
    ]);
  }
  return odds < 0.05 ? null : value;
}

/** JSON text; sometimes with a key that only a text can have. */
function textOf(random: SeededRandom, input: unknown): string | undefined {
  const text = JSON.stringify(input);
  if (text === undefined || !text.startsWith('{') || chance(random) > 0.1) return text;
  return text.replace('{', '{"__proto__":{"role":"owner","isAdmin":true},').replace(',}', '}');
}

/** So many calls are made to one library: they change it, and those who may do less and less find nothing any more. */
const callsEach = 2000;

async function textAt({ server }: World, address: string): Promise<string> {
  return (await server.request(address)).text();
}

/** Everything that the owner can read of the other client. */
async function foreignIn(world: World): Promise<string> {
  const { clients, assets, campaigns } = world;
  const addresses = [
    `/api/clients/${clients.foreign}`,
    `/api/clients/${clients.foreign}/grants`,
    `/api/campaigns?clientId=${clients.foreign}`,
    `/api/campaigns/${campaigns.foreign}`,
    `/api/v2/clients/${clients.foreign}/tags`,
    `/api/v2/assets/${assets.foreign}/rights`,
    `/api/v2/assets/${assets.foreign}/hiding`,
    `/api/v2/assets/${assets.foreign}/made-of`,
    `/api/v2/search?query=&clientId=${clients.foreign}`,
  ];
  const texts = await Promise.all(addresses.map((address) => textAt(world, address)));
  // Addresses of bytes are signed anew each time.
  return texts.join('\n').replaceAll(/\?sig=[^"&]*/g, '');
}

async function send(
  { server }: World,
  { key }: Asker,
  { batch, random }: { readonly batch: readonly Call[]; readonly random: SeededRandom },
): Promise<string> {
  const isQuery = batch[0]?.type === 'query';
  const inputs = batch.map(({ input }) => textOf(random, input));
  const named = inputs.flatMap((input, index) => (input === undefined ? [] : `"${index}":${input}`));
  const text = `{${named.join()}}`;
  const names = batch.map(({ name }) => name).join();
  const query = isQuery ? `&input=${encodeURIComponent(text)}` : '';
  const answer = await fetch(`${server.url}/trpc/${names}?batch=1${query}`, {
    method: isQuery ? 'GET' : 'POST',
    headers: { 'x-api-key': key ?? '', 'content-type': 'application/json' },
    ...(!isQuery && { body: text }),
  });
  return answer.text();
}

const members = ['manager', 'editor', 'contributor', 'viewer', 'guest', 'stranger'];

/** Asks at random; answers what was told that must not be. */
async function leaksOf(world: World, random: SeededRandom, count: number): Promise<string[]> {
  const askers = world.askers.filter(({ name }) => members.includes(name));
  const ids = Object.values({ ...world.assets, ...world.campaigns, ...world.clients, ...world.tags });
  const questions: Readonly<Record<string, readonly { input: unknown }[]>> = questionsAbout(world);
  const possible = operationsOf(appRouter).flatMap(({ name, type }) =>
    type === 'subscription' ? [] : (questions[name] ?? []).map(({ input }) => ({ name, type, input })),
  );
  const leaks: string[] = [];
  for (let made = 0; made < count; ) {
    const asker = random.pick(askers);
    const { type } = random.pick(possible);
    const alike = possible.filter((call) => call.type === type);
    const size = 1 + random.below(mostInBatch);
    const batch = Array.from({ length: size }, () => {
      const call = random.pick(alike);
      return { ...call, input: chance(random) < 0.15 ? call.input : twisted(random, call.input, ids) };
    });
    made += size;
    const answer = await send(world, asker, { batch, random });
    const { foreign, hidden } = world.secrets;
    for (const secret of asker.name === 'manager' ? foreign : [...foreign, ...hidden]) {
      if (answer.includes(secret)) leaks.push(`${asker.name} ${JSON.stringify(batch)} → ${secret}`);
    }
  }
  return leaks;
}

describe('authorisation, asked at random', () => {
  it(
    `says nothing across a border in ${calls} calls, and changes nothing there`,
    async () => {
      for (let made = 0; made < calls; made += callsEach) {
        await using world = await createWorld();
        const before = await foreignIn(world);
        const leaks = await leaksOf(world, seededRandom(seed + made), Math.min(callsEach, calls - made));
        expect(leaks.slice(0, 5)).toEqual([]);
        expect(await foreignIn(world)).toBe(before);
      }
    },
    60_000 + calls * 20,
  );
});

import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AppRouter } from '@vitrine/api';
import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { measureRounds } from '../lib/measure-rounds.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { openRawList } from '../lib/raw-list.ts';
import { openSeededLibrary } from '../lib/seeded-library.ts';
import { startControl } from '../lib/start-control.ts';
import { startVitrine } from '../lib/start-vitrine.ts';

const raw = 'raw: 50 full rows';
const list = 'typed list: 50 assets by the stock tRPC client';
const ok = 'bare Node server, "ok", by fetch';

/** Goal 2. */
export const typedList: Bench = {
  name: 'typed-list',
  description:
    'The same 50 assets in full, with roles, tags and addresses: `asset.list` by the stock tRPC client (`httpBatchLink`, Node’s fetch) with an API key, one call at a time. The processor time is the server’s alone.',
  async run({ quick, folder }) {
    const library = await openSeededLibrary(quick ? 10_000 : 100_000);
    await using server = await startVitrine(library);
    await using control = await startControl(folder);
    using rows = openRawList(library.file);
    const { asset } = createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url: `${server.url.replace('//localhost', '//127.0.0.1')}/trpc`,
          headers: { 'x-api-key': library.key },
        }),
      ],
    });
    const input = { clientId: library.clientId, limit: 50 };
    const calls = quick ? 20 : 300;
    const samples = await measureRounds(
      [
        { name: raw, calls: calls * 4, call: () => rows.all(library.clientId) },
        {
          name: list,
          calls,
          call: () => asset.list.query(input),
          processorTime: () => processorTimeOf(server.pid),
        },
        {
          name: ok,
          calls,
          call: async () => (await fetch(`${control.url}/ok`)).json(),
          processorTime: () => processorTimeOf(control.pid),
        },
      ],
      quick ? 3 : 11,
    );
    return {
      samples,
      comparisons: [
        compare(samples, {
          what: list,
          control: raw,
          measure: 'wall',
          goal: { number: 2, must: 1.8, aim: 1.3 },
        }),
        compare(samples, { what: list, control: raw, measure: 'cpu' }),
        compare(samples, { what: ok, control: raw, measure: 'wall' }),
        compare(samples, { what: list, control: ok, measure: 'wall' }),
      ],
    };
  },
};

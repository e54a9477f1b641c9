import { startServerProcess } from '../../apps/server/test/server-process.ts';
import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { createKeptAliveClient } from '../lib/kept-alive-client.ts';
import { measureRounds } from '../lib/measure-rounds.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { copySeededLibrary } from '../lib/seeded-library.ts';

const limited = 'a list of one with the limiter';
const free = 'the same without';
const address = '/api/v2/assets?limit=1';
/** As it is set unless somebody sets it. Not reached, but a tenth of it is, from where on the database is told once a second. */
const perMinute = 6000;

export const rateLimit: Bench = {
  name: 'rate-limit',
  description:
    'GET /api/v2/assets?limit=1 with an API key over one kept-alive loopback connection, from two servers, each a process of its own on a library of its own with 1,000 assets: one counts requests and tells the database of them, the other was started with VITRINE_RATE_LIMIT=0.',
  async run({ quick, folder }) {
    const calls = quick ? 20 : 200;
    await using stack = new AsyncDisposableStack();
    const contender = async (name: string, limit: number) => {
      const library = await copySeededLibrary(1000, `${folder}/${limit}`);
      const settings = { VITRINE_RATE_LIMIT: String(limit) };
      const server = stack.use(await startServerProcess({ dataDir: library.dataDir, settings }));
      const client = stack.use(createKeptAliveClient(server.url, { 'x-api-key': library.key }));
      return {
        name,
        calls,
        call: () => client.get(address),
        processorTime: () => processorTimeOf(server.pid),
      };
    };
    const contenders = [await contender(limited, perMinute), await contender(free, 0)];
    const samples = await measureRounds(contenders, quick ? 3 : 21);
    return {
      samples,
      comparisons: [
        compare(samples, { what: limited, control: free, measure: 'wall' }),
        compare(samples, { what: limited, control: free, measure: 'cpu' }),
      ],
    };
  },
};

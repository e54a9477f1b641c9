import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { createKeptAliveClient } from '../lib/kept-alive-client.ts';
import { measureRounds } from '../lib/measure-rounds.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { openRawList } from '../lib/raw-list.ts';
import { openSeededLibrary } from '../lib/seeded-library.ts';
import { startControl } from '../lib/start-control.ts';
import { startVitrine } from '../lib/start-vitrine.ts';

const raw = 'raw: 50 full rows';
const tiles = 'grid page: 50 tiles over HTTP';
const ok = 'bare Node server, "ok"';
const same = 'bare Node server, the same bytes';
const alive = 'Vitrine, /livez';

/** Goal 1. */
export const gridPage: Bench = {
  name: 'grid-page',
  description:
    'The newest 50 of 40,000 assets of a client, of 100,000 in all. Tiles: `asset.tiles` with an API key over one kept-alive loopback connection to the server in a process of its own, one call at a time, the answer parsed. Raw: better-sqlite3 in the process of the bench.',
  async run({ quick, folder }) {
    const library = await openSeededLibrary(quick ? 10_000 : 100_000);
    await using server = await startVitrine(library);
    await using control = await startControl(folder);
    using list = openRawList(library.file);
    using toVitrine = createKeptAliveClient(server.url, { 'x-api-key': library.key });
    using toControl = createKeptAliveClient(control.url);
    const input = encodeURIComponent(JSON.stringify({ clientId: library.clientId, limit: 50 }));
    const address = `/trpc/asset.tiles?input=${input}`;
    const answer = Buffer.from(JSON.stringify(await toVitrine.get(address)));
    await toControl.post('/keep-page', { headers: { 'content-length': answer.length }, body: [answer] });
    const calls = quick ? 20 : 300;
    const ofVitrine = () => processorTimeOf(server.pid);
    const samples = await measureRounds(
      [
        { name: raw, calls: calls * 4, call: () => list.all(library.clientId) },
        {
          name: tiles,
          calls,
          call: () => toVitrine.get(address),
          processorTime: ofVitrine,
        },
        {
          name: ok,
          calls,
          call: () => toControl.get('/ok'),
          processorTime: () => processorTimeOf(control.pid),
        },
        {
          name: same,
          calls,
          call: () => toControl.get('/page'),
          processorTime: () => processorTimeOf(control.pid),
        },
        { name: alive, calls, call: () => toVitrine.get('/livez'), processorTime: ofVitrine },
      ],
      quick ? 3 : 11,
    );
    return {
      samples,
      comparisons: [
        compare(samples, {
          what: tiles,
          control: raw,
          measure: 'wall',
          goal: { number: 1, must: 1, aim: 0.4 },
        }),
        compare(samples, { what: tiles, control: raw, measure: 'cpu' }),
        compare(samples, { what: ok, control: raw, measure: 'wall' }),
        compare(samples, { what: same, control: raw, measure: 'wall' }),
        compare(samples, { what: tiles, control: same, measure: 'wall' }),
        compare(samples, { what: alive, control: ok, measure: 'wall' }),
      ],
    };
  },
};

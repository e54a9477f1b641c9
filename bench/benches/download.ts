import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Asset, assetSchema } from '@vitrine/schema';
import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { createKeptAliveClient, type KeptAliveClient } from '../lib/kept-alive-client.ts';
import type { Sample } from '../lib/measure-rounds.ts';
import { uniquePng } from '../lib/png-file.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { copySeededLibrary } from '../lib/seeded-library.ts';
import { startControl } from '../lib/start-control.ts';
import { startNginx } from '../lib/start-nginx.ts';
import { startVitrine } from '../lib/start-vitrine.ts';
import { sendUpload } from '../lib/upload-request.ts';
import { uniqueWav } from '../lib/wav-file.ts';
import { wrk } from '../lib/wrk.ts';

const megabyte = 1024 * 1024;
const connections = 16;

interface Download {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
  readonly range?: string;
  /** Of nginx's requests a second. */
  readonly goal: { readonly must: number; readonly aim: number };
}

async function withThumb(client: KeptAliveClient, id: string): Promise<Asset> {
  for (let tries = 0; tries < 200; tries += 1) {
    const asset = assetSchema.parse(await client.get(`/api/v2/assets/${id}/metadata`));
    if (asset.preview.state === 'ready') return asset;
    await sleep(100);
  }
  throw new Error('The thumb was not made in 20 s.');
}

/** Fails when the two do not send the same bytes, so that neither is measured sending an error. */
async function assertSame({ ours, theirs, range }: Download): Promise<void> {
  const hashes = [];
  for (const url of [ours, theirs]) {
    const answer = await fetch(url, { headers: range ? { range } : {} });
    const bytes = Buffer.from(await answer.arrayBuffer());
    hashes.push(`${answer.status} ${createHash('sha256').update(bytes).digest('hex')}`);
  }
  if (hashes[0] !== hashes[1]) throw new Error(`Not the same bytes: ${hashes.join(' and ')}.`);
}

/** Goal 8. */
export const download: Bench = {
  name: 'download',
  description: `Bytes by their signed addresses from a library of 100,000 assets, and the same files from nginx (one worker, sendfile, its log on): ${connections} kept-alive connections of wrk, each asking again as soon as it has its answer. A ratio is time per request against nginx's; the goals are shares of nginx's requests a second, so 40 % is a ratio of 2.5. The thumb is looked up, checked by the policy and then taken from memory.`,
  async run({ quick, folder }) {
    const library = await copySeededLibrary(quick ? 10_000 : 100_000, folder);
    await using server = await startVitrine(library);
    await using nginx = await startNginx(folder);
    await using control = await startControl(folder);
    using client = createKeptAliveClient(server.url, { 'x-api-key': library.key });

    async function upload(fileName: string, bytes: Buffer): Promise<Asset> {
      const { clientId } = library;
      const chunks = { clientId, fileName, size: bytes.length, chunks: [bytes] };
      const asset = assetSchema.parse(await sendUpload(client, chunks));
      await writeFile(path.join(nginx.root, fileName), bytes);
      return asset;
    }
    // Noise, whose thumb has about 20 KB.
    const { id } = await upload('shot.png', uniquePng(170));
    const large = await upload('large.wav', uniqueWav(100 * megabyte));
    const middle = await upload('middle.wav', uniqueWav(5 * megabyte));
    const { preview } = await withThumb(client, id);
    if (preview.state !== 'ready') throw new Error('The thumb is not ready.');
    const local = (url: string) => url.replace('//localhost', '//127.0.0.1');
    const thumb = Buffer.from(await (await fetch(local(preview.url))).arrayBuffer());
    await writeFile(path.join(nginx.root, 'thumb.webp'), thumb);

    const middleOfLarge = 50 * megabyte;
    const downloads: Download[] = [
      {
        name: `thumb of ${Math.round(thumb.length / 1024)} KB`,
        ours: local(preview.url),
        theirs: `${nginx.url}/thumb.webp`,
        goal: { must: 0.4, aim: 0.65 },
      },
      {
        name: '1 MB out of 100 MB',
        ours: local(large.url),
        theirs: `${nginx.url}/large.wav`,
        range: `bytes=${middleOfLarge}-${middleOfLarge + megabyte - 1}`,
        goal: { must: 0.8, aim: 0.95 },
      },
      {
        name: '5 MB whole',
        ours: local(middle.url),
        theirs: `${nginx.url}/middle.wav`,
        goal: { must: 1, aim: 1.3 },
      },
    ];
    const samples = new Map<string, Sample[]>();
    const contenders = downloads.flatMap(({ name, ours, theirs, range }) => {
      const headers = range ? { headers: { range } } : {};
      return [
        { name, options: { url: ours, ...headers }, processorTime: () => processorTimeOf(server.pid) },
        { name: `nginx: ${name}`, options: { url: theirs, ...headers }, processorTime: nginx.processorTime },
      ];
    });
    // As many bytes from memory by the bare Node server: what is left to nginx is Node's own.
    await fetch(`${control.url}/keep-page`, { method: 'POST', body: 'x'.repeat(thumb.length) });
    const bareThumb = 'as many bytes from a bare Node server';
    contenders.push({
      name: bareThumb,
      options: { url: `${control.url}/page` },
      processorTime: () => processorTimeOf(control.pid),
    });
    for (const one of downloads) await assertSame(one);
    for (let round = 0; round <= (quick ? 1 : 5); round += 1) {
      const order = round % 2 === 0 ? contenders : contenders.toReversed();
      for (const { name, options, processorTime } of order) {
        const before = processorTime();
        const { requests, seconds } = await wrk({ ...options, connections, seconds: quick ? 1 : 3 });
        const sample = { wall: (seconds * 1000) / requests, cpu: (processorTime() - before) / requests };
        if (round > 0) samples.set(name, [...(samples.get(name) ?? []), sample]);
      }
    }
    return {
      samples,
      comparisons: [
        ...downloads.flatMap(({ name, goal }) => {
          const pair = { what: name, control: `nginx: ${name}` };
          const ratios = { number: 8, must: 1 / goal.must, aim: 1 / goal.aim };
          return [
            compare(samples, { ...pair, measure: 'wall', goal: ratios }),
            compare(samples, { ...pair, measure: 'cpu' }),
          ];
        }),
        ...downloads
          .slice(0, 1)
          .flatMap(({ name }) => [
            compare(samples, { what: name, control: bareThumb, measure: 'wall' }),
            compare(samples, { what: bareThumb, control: `nginx: ${name}`, measure: 'wall' }),
          ]),
      ],
    };
  },
};

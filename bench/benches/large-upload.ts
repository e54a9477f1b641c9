import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { wavChunks } from '../../apps/server/test/wav-stream.ts';
import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { createKeptAliveClient } from '../lib/kept-alive-client.ts';
import { measureRounds } from '../lib/measure-rounds.ts';
import { sendPiecewise } from '../lib/piecewise-upload.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { copySeededLibrary } from '../lib/seeded-library.ts';
import { startControl } from '../lib/start-control.ts';
import { startVitrine } from '../lib/start-vitrine.ts';
import { sendUpload } from '../lib/upload-request.ts';

const megabyte = 1024 * 1024;
const vitrine = 'large upload as a multipart form';
const piecewise = 'large upload in pieces (tus)';
const control = 'bare Node server: request.pipe(file)';

/** Goal 6. */
export const largeUpload: Bench = {
  name: 'large-upload',
  description:
    'A WAV of 512 MB that is new to the library: Vitrine takes it out of a multipart form, or in pieces of 32 MiB, hashes and fsyncs it, reads its facts and writes its rows; the control pipes the same bytes as a raw body into a file, without fsync. The ratio is of the servers’ processor time.',
  async run({ quick, folder }) {
    const library = await copySeededLibrary(quick ? 10_000 : 100_000, folder);
    await using server = await startVitrine(library);
    await using bare = await startControl(folder);
    using toVitrine = createKeptAliveClient(server.url, { 'x-api-key': library.key });
    using toControl = createKeptAliveClient(bare.url);
    const size = (quick ? 32 : 512) * megabyte;
    let sound = randomBytes(megabyte);
    const prepare = async () => {
      sound = randomBytes(megabyte);
      const written = path.join(folder, 'control');
      for (const name of await readdir(written)) await rm(path.join(written, name));
    };
    const samples = await measureRounds(
      [
        {
          name: vitrine,
          calls: 1,
          prepare,
          call: () =>
            sendUpload(toVitrine, {
              clientId: library.clientId,
              fileName: 'take.wav',
              size,
              chunks: wavChunks(size, sound),
            }),
          processorTime: () => processorTimeOf(server.pid),
        },
        {
          name: piecewise,
          calls: 1,
          prepare,
          call: () =>
            sendPiecewise(toVitrine, {
              clientId: library.clientId,
              fileName: 'take.wav',
              size,
              chunks: wavChunks(size, sound),
            }),
          processorTime: () => processorTimeOf(server.pid),
        },
        {
          name: control,
          calls: 1,
          prepare,
          call: () =>
            toControl.post('/pipe', { headers: { 'content-length': size }, body: wavChunks(size, sound) }),
          processorTime: () => processorTimeOf(bare.pid),
        },
      ],
      quick ? 3 : 7,
    );
    return {
      samples,
      comparisons: [
        compare(samples, { what: vitrine, control, measure: 'cpu', goal: { number: 6, must: 2, aim: 1.6 } }),
        compare(samples, {
          what: piecewise,
          control,
          measure: 'cpu',
          goal: { number: 6, must: 2, aim: 1.5 },
        }),
        compare(samples, { what: vitrine, control, measure: 'wall' }),
      ],
    };
  },
};

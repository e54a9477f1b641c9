import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { createKeptAliveClient } from '../lib/kept-alive-client.ts';
import { type Contender, measureRounds } from '../lib/measure-rounds.ts';
import { uniquePng } from '../lib/png-file.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { copySeededLibrary } from '../lib/seeded-library.ts';
import { startControl } from '../lib/start-control.ts';
import { startVitrine } from '../lib/start-vitrine.ts';
import { sendUpload } from '../lib/upload-request.ts';
import { uniqueWav } from '../lib/wav-file.ts';

const goal = { number: 7, must: 2, aim: 1.4 };
const smallBytes = 64 * 1024;
/** Over the limit up to which bytes go into the database. */
const diskBytes = 200 * 1024;

/** Goal 7. */
export const durableUpload: Bench = {
  name: 'durable-upload',
  description:
    'Files that are new to a library of 100,000 assets, each acknowledged when it would survive a power cut, one at a time over one kept-alive connection. The control, a bare Node server, pipes the same bytes into a file, fsyncs it, renames it and fsyncs the folder. At 64 KB Vitrine puts the bytes into its database of small files, at 200 KB onto the disk; a picture is opened in the sandbox process as well.',
  async run({ quick, folder }) {
    const library = await copySeededLibrary(quick ? 10_000 : 100_000, folder);
    await using server = await startVitrine(library);
    await using bare = await startControl(folder);
    using toVitrine = createKeptAliveClient(server.url, { 'x-api-key': library.key });
    using toControl = createKeptAliveClient(bare.url);
    const calls = quick ? 5 : 40;

    /** Each call sends a file of its own, which was made before the clock started. */
    function uploads(name: string, make: () => Buffer, send: (file: Buffer) => Promise<unknown>) {
      let files: Buffer[] = [];
      return {
        name,
        calls,
        prepare: () => {
          files = Array.from({ length: calls }, make);
        },
        call: (turn: number) => send(files[turn] ?? make()),
      };
    }
    const byVitrine = (name: string, fileName: string, make: () => Buffer): Contender => ({
      ...uploads(name, make, (file) =>
        sendUpload(toVitrine, {
          clientId: library.clientId,
          fileName,
          size: file.length,
          chunks: [file],
        }),
      ),
      processorTime: () => processorTimeOf(server.pid),
    });
    const byControl = (name: string, make: () => Buffer): Contender => ({
      ...uploads(name, make, (file) =>
        toControl.post('/durable', { headers: { 'content-length': file.length }, body: [file] }),
      ),
      processorTime: () => processorTimeOf(bare.pid),
    });

    const samples = await measureRounds(
      [
        byVitrine('upload of 64 KB (WAV)', 'take.wav', () => uniqueWav(smallBytes)),
        byControl('control, 64 KB', () => uniqueWav(smallBytes)),
        byVitrine('upload of 200 KB (WAV)', 'take.wav', () => uniqueWav(diskBytes)),
        byControl('control, 200 KB', () => uniqueWav(diskBytes)),
        byVitrine('upload of 64 KB (PNG)', 'shot.png', () => uniquePng(147)),
      ],
      quick ? 3 : 9,
    );
    const small = { what: 'upload of 64 KB (WAV)', control: 'control, 64 KB' };
    const onDisk = { what: 'upload of 200 KB (WAV)', control: 'control, 200 KB' };
    return {
      samples,
      comparisons: [
        compare(samples, { ...small, measure: 'wall', goal }),
        compare(samples, { ...small, measure: 'cpu' }),
        compare(samples, { ...onDisk, measure: 'wall', goal }),
        compare(samples, { ...onDisk, measure: 'cpu' }),
        compare(samples, { ...small, what: 'upload of 64 KB (PNG)', measure: 'wall' }),
      ],
    };
  },
};

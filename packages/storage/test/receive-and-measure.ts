import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDiskStaging } from '../src/disk-staging.ts';

/**
 * `drain|receive <directory> <bytes>`: reads so many bytes, in fresh buffers as a socket's, and drops them or receives them into
 * the directory; prints by how many bytes the RSS grew at most.
 */
const [, , work, directory, bytes] = process.argv;
if (!work || !directory || !bytes) throw new Error('Usage: drain|receive <directory> <bytes>');
const total = Number(bytes);
const staging = await createDiskStaging({ directory, minFreeBytes: 0 });

const before = process.memoryUsage.rss();
let peak = before;
function* pieces() {
  for (let sent = 0; sent < total; sent += 65_536) {
    yield Buffer.allocUnsafeSlow(65_536).fill(sent % 251);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
}
const source = Readable.from(pieces(), { objectMode: false });
if (work === 'drain') {
  await pipeline(source, new Writable({ write: (_chunk, _encoding, done) => setImmediate(done) }));
} else {
  const { size } = await staging.receive(source, { maxBytes: total });
  if (size !== total) throw new Error(`Received ${size} of ${total} bytes.`);
}
process.stdout.write(String(peak - before));

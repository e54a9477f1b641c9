import { Readable } from 'node:stream';
import { createDiskStaging } from '../src/disk-staging.ts';

/**
 * `<directory> <bytes>`: receives so many bytes, in fresh buffers as a socket's, into the directory; prints by how many bytes
 * the RSS grew at most.
 */
const [, , directory, bytes] = process.argv;
if (!directory || !bytes) throw new Error('Usage: <directory> <bytes>');
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
const { size } = await staging.receive(source, { maxBytes: total });
if (size !== total) throw new Error(`Received ${size} of ${total} bytes.`);
process.stdout.write(String(peak - before));

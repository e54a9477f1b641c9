// The control for thumbnails: sharp and nothing else, in a process of its own. Each line on standard input is a path; each
// line on standard output the bytes of its 320 px WebP.
import { createInterface } from 'node:readline';
import sharp from 'sharp';

sharp.cache(false);
sharp.concurrency(1);
for await (const path of createInterface(process.stdin)) {
  const { length } = await sharp(path).autoOrient().resize(320, 320, { fit: 'inside' }).webp().toBuffer();
  console.log(String(length));
}

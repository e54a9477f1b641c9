import { createVitrineClient } from '../src/index.ts';

// Run as a program of its own: uploads a small file, then the large one, and prints by how many bytes the process grew.
const [url = '', small = '', large = '', resumableFrom = ''] = process.argv.slice(2);
const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
const vitrine = createVitrineClient({ url, resumableFrom: Number(resumableFrom) });

await vitrine.upload(small, { clientId });
const before = process.memoryUsage.rss();
let most = before;
await vitrine.upload(large, {
  clientId,
  onProgress: () => {
    most = Math.max(most, process.memoryUsage.rss());
  },
});
process.stdout.write(String(most - before));

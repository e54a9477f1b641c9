// What others do while lists are measured, in a process of its own: photographs are uploaded, which makes their thumbs and
// previews, and people search. Arguments: the server's address, the client's id; the key is in VITRINE_KEY. Runs until it is
// told to stop; prints a line for every upload that was answered.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';

const [url = '', clientId = ''] = process.argv.slice(2);
const headers = { 'x-api-key': process.env['VITRINE_KEY'] ?? '' };
const uploadsASecond = 2;
const searchesASecond = 10;
const words = ['amber', 'harbour', 'winter', 'product', 'studio', 'bottle', 'wide', 'garden'];

/** A picture of 3 megapixels that no other is: soft shapes, about as hard to make smaller as a photograph. */
async function photograph(): Promise<Buffer<ArrayBuffer>> {
  const raw = { width: 250, height: 188, channels: 3 } as const;
  const jpeg = await sharp(randomBytes(raw.width * raw.height * raw.channels), { raw })
    .resize(2000, 1504, { kernel: 'cubic' })
    .jpeg({ quality: 85 })
    .toBuffer();
  return Buffer.from(jpeg);
}

async function upload(picture: Buffer<ArrayBuffer>): Promise<void> {
  const form = new FormData();
  form.append('clientId', clientId);
  form.append('file', new Blob([picture]), 'load.jpg');
  const answer = await fetch(`${url}/api/v2/upload-asset`, { method: 'POST', headers, body: form });
  console.log(String(answer.status));
  await answer.arrayBuffer();
}

async function search(turn: number): Promise<void> {
  const word = words[turn % words.length];
  const answer = await fetch(`${url}/api/v2/assets?q=${word}&limit=50`, { headers });
  await answer.arrayBuffer();
}

/** Begins one after the other at a steady rate, however long each takes: load that waits for its answers is no load. */
async function steadily(perSecond: number, work: (turn: number) => Promise<void>): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    work(turn).catch((error: unknown) => console.error(String(error)));
    await sleep(1000 / perSecond);
  }
}

const pictures = await Promise.all(Array.from({ length: 24 }, photograph));
console.log('ready');
await Promise.all([
  steadily(searchesASecond, search),
  // The same pictures come again with a few bytes more behind their end, so that each is new to the server.
  steadily(uploadsASecond, (turn) => {
    const picture = pictures[turn % pictures.length] ?? Buffer.alloc(0);
    return upload(Buffer.concat([picture, randomBytes(8)]));
  }),
]);

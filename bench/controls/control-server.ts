// The bare Node server that Vitrine is measured against, in a process of its own. Argument: the folder for what it is sent.
// Prints its address as one line of JSON.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

const [folder = '.'] = process.argv.slice(2);

/** The shortest way from a request to a file. */
function pipe(request: IncomingMessage): Promise<void> {
  return pipeline(request, createWriteStream(path.join(folder, randomUUID())));
}

/** The least that survives a power cut: the bytes, their name and the folder that holds the name. */
async function pipeDurably(request: IncomingMessage): Promise<void> {
  const file = path.join(folder, randomUUID());
  const partial = `${file}.part`;
  // `flush` is an fsync before the file is closed.
  await pipeline(request, createWriteStream(partial, { flags: 'wx', flush: true }));
  await rename(partial, file);
  const directory = await open(folder, 'r');
  await directory.sync();
  await directory.close();
}

/** What is answered to whoever has sent a page before. */
let page = '{"ok":true}';

async function keepPage(request: IncomingMessage): Promise<void> {
  page = await text(request);
}

const routes: Readonly<Record<string, (request: IncomingMessage) => Promise<void>>> = {
  '/ok': async () => {},
  '/page': async () => {},
  '/keep-page': keepPage,
  '/pipe': pipe,
  '/durable': pipeDurably,
};

const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (request, response) => {
  const route = routes[String(request.url)];
  if (!route) {
    response.writeHead(404).end('{}');
    return;
  }
  route(request).then(
    () =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(request.url === '/page' ? page : '{"ok":true}'),
    (error: unknown) => response.writeHead(500).end(JSON.stringify({ error: String(error) })),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The control server has no port.');
  console.log(JSON.stringify({ url: `http://127.0.0.1:${address.port}` }));
});

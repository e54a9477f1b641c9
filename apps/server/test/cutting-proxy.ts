import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy extends AsyncDisposable {
  readonly url: string;
  /** Where connections go from now on. */
  aimAt(url: string): void;
  /** How often it has cut everything. */
  cuts(): number;
}

/**
 * A network that breaks: passes bytes on, and cuts every connection whenever so many bytes in all have gone to the server. `onCut` is
 * told before the next connection is let through.
 */
export async function startCuttingProxy(options: {
  readonly target: string;
  readonly cutsAt: readonly number[];
  readonly onCut?: (cut: number) => Promise<void>;
}): Promise<CuttingProxy> {
  const thresholds = options.cutsAt.toSorted((one, other) => one - other);
  const sockets = new Set<Socket>();
  let target = new URL(options.target);
  let sent = 0;
  let cuts = 0;
  let ready = Promise.resolve();

  function cut(): void {
    cuts += 1;
    ready = ready.then(() => options.onCut?.(cuts));
    for (const socket of sockets) socket.destroy();
  }

  const server = createServer(async (client) => {
    sockets.add(client);
    client.pause();
    client.on('error', () => {});
    await ready;
    const upstream = connect(Number(target.port), '127.0.0.1');
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => {
      upstream.destroy();
      sockets.delete(client);
      sockets.delete(upstream);
    });
    upstream.pipe(client);
    client.on('data', (bytes: Buffer) => {
      sent += bytes.length;
      if (sent >= (thresholds[cuts] ?? Number.POSITIVE_INFINITY)) {
        cut();
        return;
      }
      if (!upstream.write(bytes)) {
        client.pause();
        upstream.once('drain', () => client.resume());
      }
    });
    client.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    aimAt(url) {
      target = new URL(url);
    },
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

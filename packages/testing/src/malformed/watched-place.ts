import { createSocket } from 'node:dgram';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';

/** A port where nobody may call, by TCP or UDP. */
interface CallTrap extends AsyncDisposable {
  readonly port: number;
  /** How often somebody called all the same. */
  calls(): number;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

export async function openCallTrap(): Promise<CallTrap> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  const port = await listening(server);
  const datagrams = createSocket('udp4', () => {
    count += 1;
  });
  await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
  return {
    port,
    calls: () => count,
    async [Symbol.asyncDispose]() {
      datagrams.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The names in some folders, for telling what came to them. */
export async function namesIn(folders: readonly string[]): Promise<Set<string>> {
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => `${folder}/${name}`)),
  );
  return new Set(names.flat());
}

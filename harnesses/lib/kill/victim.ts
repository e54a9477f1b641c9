// The process that is killed: the real server, several times over, each on a data folder of its own. Its orders come as lines of JSON.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { configFrom } from '../../../apps/server/src/config/config.ts';
import { envSchema } from '../../../apps/server/src/config/env.ts';
import { type RunningServer, serve } from '../../../apps/server/src/serve.ts';
import type { FailPoint } from './fail-points.ts';
import { type Order, orderSchema, type Reply } from './victim-messages.ts';
import { watchFileSystem } from './watch-file-system.ts';
import { watchedDependencies } from './watched-dependencies.ts';

const servers: RunningServer[] = [];
let ahead = 0;
let die: { readonly at: FailPoint; nth: number } | null = null;

const reply = (message: Reply) => process.stdout.write(`${JSON.stringify(message)}\n`);

function onPoint(point: FailPoint): void {
  if (die?.at !== point) return;
  die.nth -= 1;
  if (die.nth <= 0) process.kill(process.pid, 'SIGKILL');
}

/** The owner's key, made when the library is opened for the first time. */
async function keyOf(folder: string, { composition }: RunningServer): Promise<string> {
  const file = path.join(folder, 'owner-key.txt');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const owner = { email: 'owner@vitrine.example', role: 'owner', password: 'correct horse battery' } as const;
  const { id } = await composition.accounts.createUser(owner);
  const { key } = await composition.accounts.createKey({ userId: id });
  writeFileSync(file, key);
  return key;
}

async function open(order: Order & { do: 'open' }): Promise<void> {
  ahead = order.ahead;
  const libraries = await Promise.all(
    order.folders.map(async (folder, index) => {
      const env = envSchema.parse({
        VITRINE_PORT: '0',
        VITRINE_LOG: 'error',
        VITRINE_RATE_LIMIT: '0',
        VITRINE_MIN_FREE_BYTES: '0',
        VITRINE_RESERVE_BYTES: '0',
        VITRINE_DATA_DIR: folder,
        VITRINE_BLOBS: order.store,
        VITRINE_BLOB_INLINE_MAX: '0',
        // Nobody's upload is too old to go on, however far the clock is moved.
        VITRINE_UPLOAD_HOURS: '1000000',
      });
      const server = await serve(configFrom(env), {
        background: false,
        clock: { now: () => Date.now() + ahead },
        dependencies: (real) => watchedDependencies(real, onPoint),
      });
      servers[index] = server;
      return { url: server.url, key: await keyOf(folder, server) };
    }),
  );
  reply({ done: 'open', libraries });
}

async function close(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server[Symbol.asyncDispose]()));
  reply({ done: 'close' });
}

async function collect({ library, ...order }: Order & { do: 'collect' }): Promise<void> {
  ahead = Math.max(ahead, order.ahead);
  await servers[library]?.composition.services.collector.collect();
  reply({ done: 'collect', library });
}

watchFileSystem(onPoint, () => die?.at === 'fs.write:middle' && die.nth <= 1);
const orders = createInterface(process.stdin);
orders.on('line', (line) => {
  const order = orderSchema.parse(JSON.parse(line));
  switch (order.do) {
    case 'open':
      void open(order);
      break;
    case 'arm':
      die = { at: order.at, nth: order.nth };
      break;
    case 'close':
      void close();
      break;
    case 'collect':
      void collect(order);
      break;
    default:
      order satisfies never;
  }
});
// Whoever gave the orders is gone.
orders.on('close', () => process.exit(0));
reply({ done: 'load' });

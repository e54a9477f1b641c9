// A server in a process of its own that does nothing but what it is asked: argument 1 is its data folder, 2 the store.
import { configFrom } from '../../src/config/config.ts';
import { envSchema } from '../../src/config/env.ts';
import { serve } from '../../src/serve.ts';

const [, , dataDir, blobs] = process.argv;
const env = envSchema.parse({
  VITRINE_PORT: '0',
  VITRINE_LOG: 'silent',
  VITRINE_RATE_LIMIT: '0',
  VITRINE_RESERVE_BYTES: '0',
  VITRINE_MIN_FREE_BYTES: '0',
  VITRINE_BLOB_INLINE_MAX: '0',
  VITRINE_DATA_DIR: dataDir,
  VITRINE_BLOBS: blobs,
});
const server = await serve(configFrom(env), { background: false });
const { accounts } = server.composition;
const email = 'owner@vitrine.example';
const { id: userId } = await accounts.createUser({ email, role: 'owner', password: 'correct horse battery' });
const { key } = await accounts.createKey({ userId });
process.stdout.write(`${JSON.stringify({ url: server.url, key })}\n`);
process.once('SIGTERM', async () => {
  await server[Symbol.asyncDispose]();
});

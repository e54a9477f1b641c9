import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { configFrom } from '../src/config/config.ts';
import { envSchema } from '../src/config/env.ts';
import { serve } from '../src/serve.ts';
import { formOf, smallPng } from './small-files.ts';
import { startServer } from './start-server.ts';

const example = fileURLToPath(new URL('../../../packages/client/examples/watch-assets.ts', import.meta.url));

/** The client's example, as a program of its own. */
function startExample(settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--conditions=@vitrine/source', example], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const linesOf = (stream: typeof child.stdout) => {
    const lines = createInterface(stream)[Symbol.asyncIterator]();
    return async (): Promise<string> => (await lines.next()).value ?? '';
  };
  return {
    line: linesOf(child.stdout),
    complaint: linesOf(child.stderr),
    ended,
    interrupt: () => child.kill('SIGINT'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function upload(url: string, { key, clientId }: { key: string; clientId: string }, name: string) {
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'file', value: await smallPng(), fileName: name },
  ];
  const answer = await fetch(`${url}/api/v2/upload-asset`, {
    method: 'POST',
    headers: { 'x-api-key': key },
    body: formOf(parts),
  });
  expect(answer.status).toBe(201);
}

it('the client’s documented watch prints what happens to a client, and ends when it is told to', async () => {
  const documentation = await readFile(new URL('../../../docs/client.md', import.meta.url), 'utf8');
  const [, code = ''] = (await readFile(example, 'utf8')).split(
    '// What follows stands in docs/client.md.\n',
  );
  expect(code).toContain('vitrine.change.watch.subscribe');
  expect(documentation).toContain(code);

  await using server = await startServer();
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const { key } = server.owner;
  await using program = startExample({
    VITRINE_URL: server.url,
    VITRINE_KEY: key,
    VITRINE_CLIENT: clientId,
  });
  expect(await program.line()).toBe('load the lists');
  await upload(server.url, { key, clientId }, 'harbour.png');
  expect(await program.line()).toBe('asset.created harbour.png pending');
  program.interrupt();
  expect(await program.ended).toEqual([0, null]);
});

it('a watch of the client goes on by itself when the server was away, and says why when it cannot', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vitrine-test-'));
  const settings = { VITRINE_DATA_DIR: dataDir, VITRINE_LOG: 'silent' };
  const server = await startServer(settings);
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const { key, id } = server.owner;
  const { port } = new URL(server.url);
  await using program = startExample({
    VITRINE_URL: server.url,
    VITRINE_KEY: key,
    VITRINE_CLIENT: clientId,
  });
  expect(await program.line()).toBe('load the lists');
  await server[Symbol.asyncDispose]();

  {
    await using again = await serve(configFrom(envSchema.parse({ ...settings, VITRINE_PORT: port })));
    // Before the program is back: only the place that it kept tells it of this.
    await upload(again.url, { key, clientId }, 'while-away.png');
    expect(await program.line()).toMatch(/^asset\.created while-away\.png/);
    const { adapter } = await again.composition.auth.$context;
    await adapter.deleteMany({ model: 'apikey', where: [{ field: 'referenceId', value: id }] });
    expect(await program.complaint()).toBe('The session or API key has ended. Sign in again.');
    expect((await program.ended)[0]).toBe(0);
  }
  await rm(dataDir, { recursive: true, force: true });
});

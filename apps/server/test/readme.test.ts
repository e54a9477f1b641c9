import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { startServer } from './start-server.ts';

const run = promisify(execFile);
const example = fileURLToPath(new URL('../../../packages/client/examples/list-assets.ts', import.meta.url));

const question = fileURLToPath(
  new URL('../../../packages/client/examples/ask-for-context.ts', import.meta.url),
);

it('the README’s example is the file that it names, and prints what the library holds', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${await readFile(example, 'utf8')}\`\`\``);

  await using server = await startServer();
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  for (const [name, value] of [
    ['harbour.png', await smallPng(1, 64, 48)],
    ['notes.txt', Buffer.from('Dear reader,\nall is well.\n')],
  ] as const) {
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'file', value, fileName: name },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    expect(answer.status).toBe(201);
  }
  const env = { ...process.env, VITRINE_URL: server.url, VITRINE_KEY: server.owner.key };
  const { stdout } = await run(process.execPath, ['--conditions=@vitrine/source', example], { env });
  expect(stdout).toBe('notes.txt pages unknown\nharbour.png 64 × 48\n');
});

it('the README’s question is the file that it names, and is answered with what fits or with what is missing', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${await readFile(question, 'utf8')}\`\`\``);

  await using server = await startServer();
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const env = { ...process.env, VITRINE_URL: server.url, VITRINE_KEY: server.owner.key };
  const ask = async () =>
    (await run(process.execPath, ['--conditions=@vitrine/source', question], { env })).stdout;
  expect(await ask()).toBe('brand_logo: 1 needed, none_tagged\n');
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'tags', value: '["brand_logo"]' },
    { name: 'file', value: await smallPng(1, 64, 48), fileName: 'logo.png' },
  ];
  await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  expect(await ask()).toBe('logo.png, 64 × 48 no voice\n');
});

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { assetFacetsSchema, assetSchema, foundSchema, searchFilters } from '@vitrine/schema';
import { pdfFile, wordFile } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const run = promisify(execFile);
const documented = await readFile(new URL('../../../docs/search.md', import.meta.url), 'utf8');

/** The lines of the page's examples: a query, at least two spaces, and the names that it finds. */
const examples = [
  ...(/uploaded now:\n\n```\n(.*?)```/s.exec(documented)?.[1] ?? '').matchAll(/^(.+?) {2,}(.+)$/gm),
].map(([, query = '', names = '']) => ({ query, names: names === '–' ? [] : names.split(', ') }));

async function film(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-film-'));
  const file = path.join(folder, 'film.mp4');
  const source = ['-f', 'lavfi', '-i', 'color=c=red:s=64x48:d=12:r=5'];
  await run('ffmpeg', ['-v', 'error', ...source, '-pix_fmt', 'yuv420p', file]);
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}

describe('searching over HTTP', () => {
  let server: TestServer;
  let clientId: string;

  async function upload(fileName: string, value: Buffer, tags: readonly string[] = []): Promise<string> {
    const parts = [
      { name: 'clientId', value: clientId },
      { name: 'tags', value: JSON.stringify(tags) },
      { name: 'file', value, fileName },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    expect(answer.status).toBe(201);
    return assetSchema.parse(await answer.json()).id;
  }

  async function search(query: string, more = '') {
    const answer = await server.request(`/api/v2/search?query=${encodeURIComponent(query)}${more}`);
    expect(answer.status).toBe(200);
    return foundSchema(assetSchema).parse(await answer.json());
  }
  const namesOf = async (query: string) => (await search(query)).items.map(({ name }) => name);

  async function eventually(query: string): Promise<void> {
    for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
      if ((await namesOf(query)).length > 0) return;
    }
    throw new Error(`Nothing was ever found by ${query}.`);
  }

  beforeAll(async () => {
    server = await startServer({}, { background: true });
    clientId = await server.create('/api/clients', { name: 'Northwind Coffee' });
    await upload('Brief.txt', Buffer.from('Never stretch the logo.\n'));
    await upload('Café logo.png', await smallPng(1, 64, 48), ['brand_logo']);
    await upload('Harbour film.mp4', await film(), ['first_frame']);
    await upload('Harbour at dawn.png', await smallPng(2, 64, 48), ['golden hour']);
    const [dawn] = (await search('dawn')).items;
    await server.request(`/api/v2/assets/${dawn?.id}`, jsonRequest('PATCH', { name: 'Harbour at dawn.jpg' }));
    await eventually('stretch');
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  it.each(examples)('finds what the documentation says: $query', async ({ query, names }) => {
    expect(await namesOf(query)).toEqual(names);
  });

  it('has every filter in the documentation', () => {
    const page = documented.replaceAll(/[>:]/g, '');
    for (const filter of searchFilters) expect(page, filter).toContain(`\`${filter}`);
  });

  it('finds the words inside PDF and Word files once they are read, also those of a new version', async () => {
    const pdf = await upload('first.pdf', await pdfFile(3));
    await upload('second.docx', Buffer.from(await wordFile(1)));
    await eventually('"page 3 of 3"');
    await eventually('"paragraph 20"');
    expect((await search('"page 3 of 3"')).items.map(({ id }) => id)).toEqual([pdf]);
  });

  it('finds by the words of a list what a search finds', async () => {
    const answer = await server.request('/api/v2/assets?q=stretch');
    expect(z.array(assetSchema).parse(await answer.json())).toMatchObject([{ name: 'Brief.txt' }]);
    const byTag = await server.request(`/api/v2/clients/${clientId}/assets?q=golden%20harb&type=image`);
    expect(z.array(assetSchema).parse(await byTag.json())).toMatchObject([{ name: 'Harbour at dawn.jpg' }]);
  });

  it('pages by its cursor and tells what it did not understand', async () => {
    const first = await search('harbour format:zzz -nothing', '&limit=1');
    expect(first.hints).toEqual([{ text: 'format:zzz', reason: 'unknown_value' }]);
    const one = await search('harbour', '&limit=1');
    const two = await search('harbour', `&limit=1&cursor=${one.nextCursor}`);
    expect([...one.items, ...two.items].map(({ name }) => name)).toEqual([
      'Harbour at dawn.jpg',
      'Harbour film.mp4',
    ]);
    expect(two.nextCursor).toBeNull();
    const ranked = await search('harbour', '&order=relevance&limit=1');
    expect(
      (await search('harbour', `&order=relevance&limit=1&cursor=${ranked.nextCursor}`)).items,
    ).toHaveLength(1);
  });

  it('counts facets', async () => {
    const answer = await server.request('/api/v2/search/facets?query=harbour');
    expect(assetFacetsSchema.parse(await answer.json())).toMatchObject({
      total: { count: 2, exact: true },
      kinds: {
        values: [
          { kind: 'image', count: 1 },
          { kind: 'video', count: 1 },
        ],
      },
      clients: { values: [{ id: clientId, name: 'Northwind Coffee', count: 2 }] },
      tags: { values: [{ name: 'golden hour', count: 1 }] },
    });
  });

  it('shows a stranger nothing', async () => {
    const { key } = await server.addUser('member');
    const answer = await server.request('/api/v2/search?query=harbour', { key });
    expect(await answer.json()).toEqual({ items: [], nextCursor: null, hints: [] });
    const facets = await server.request('/api/v2/search/facets', { key });
    expect(assetFacetsSchema.parse(await facets.json()).total.count).toBe(0);
    expect((await server.request('/api/v2/search', { key: null })).status).toBe(401);
  });

  it('fills in at its start what the index lacks', async () => {
    const { database, services } = server.composition;
    expect(await services.texts.fillMissing()).toEqual({ indexed: 0, queued: 0 });
    const states = await database.read((readers) => readers.search.states({ after: null, limit: 10 }));
    expect(states.every(({ indexed, read }) => indexed && read)).toBe(true);
  });
});

import { createServer } from 'node:http';
import { type Import, importSchema, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

/** An address of this machine that the tests' servers allow, unlike 127.0.0.1. */
const site = '127.0.0.78';

describe('an import from addresses', () => {
  let server: TestServer;
  let clientId: string;
  let files: ReturnType<typeof createServer>;
  let base: string;
  let png: Buffer;
  const asked: string[] = [];
  const held: (() => void)[] = [];

  beforeAll(async () => {
    png = await smallPng(7);
    const other = await smallPng(8);
    files = createServer((request, response) => {
      const path = new URL(String(request.url), 'http://x').pathname;
      asked.push(path);
      switch (path) {
        case '/logo.png':
          response.setHeader('content-length', png.length).end(png);
          break;
        case '/other.png':
          response.end(other);
          break;
        case '/private':
          response.writeHead(302, { location: 'http://127.0.0.1:22/' }).end();
          break;
        case '/huge':
          response.writeHead(200, { 'content-length': String(6 * 1024 ** 3) }).end();
          break;
        case '/slow.png':
          response.writeHead(200, { 'content-length': String(png.length) });
          response.write(png.subarray(0, 20));
          held.push(() => response.end(png.subarray(20)));
          break;
        case '/page.html':
          response.end('<!doctype html><p>no picture</p>');
          break;
        case '/flaky.png':
          if (asked.filter((one) => one === path).length === 1) response.writeHead(503).end();
          else response.end(png);
          break;
        default:
          response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => files.listen(0, site, resolve));
    const address = files.address();
    base = `http://${site}:${typeof address === 'object' && address ? address.port : 0}`;
    server = await startServer({ VITRINE_IMPORT_ALLOW: site }, { background: true });
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterAll(async () => {
    for (const release of held) release();
    await server?.[Symbol.asyncDispose]();
    files.closeAllConnections();
    await new Promise((resolve) => files.close(resolve));
  });

  async function start(items: object[]): Promise<Import> {
    const answer = await server.request('/api/v2/imports', jsonRequest('POST', { clientId, items }));
    expect(answer.status).toBe(201);
    return importSchema.parse(await answer.json());
  }
  const get = async (id: string) =>
    importSchema.parse(await (await server.request(`/api/v2/imports/${id}`)).json());
  async function ended(id: string): Promise<Import> {
    for (const end = Date.now() + 25_000; Date.now() < end; ) {
      const found = await get(id);
      if (found.finishedAt !== null) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`It did not end: ${JSON.stringify(await get(id))}`);
  }

  it('gives each address an outcome of its own, in the order in which they were asked', async () => {
    const urls = ['/logo.png', '/other.png', '/private', '/huge', '/page.html', '/gone.png', '/logo.png'];
    const { id, items } = await start([
      ...urls.map((path) => ({ url: `${base}${path}`, tags: ['imported'] })),
      { url: 'file:///etc/passwd' },
      { url: 'http://169.254.169.254/latest/meta-data/' },
    ]);
    expect(items.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const done = await ended(id);
    const outcomes = done.items.map((item) =>
      item.state === 'done' ? item.outcome : item.state === 'failed' ? item.error.code : item.state,
    );
    // Of the same bytes twice, one makes the asset and the other is given it.
    expect([outcomes[0], outcomes[6]].sort()).toEqual(['created', 'deduplicated']);
    expect(outcomes.filter((_, index) => index !== 0 && index !== 6)).toEqual([
      'created',
      'url_not_allowed',
      'too_large',
      'unsupported_format',
      'fetch_failed',
      'url_not_allowed',
      'url_not_allowed',
    ]);
    const [first] = done.items;
    if (first?.state !== 'done') throw new Error('The first one was not fetched.');
    const asset = await (await server.request(`/api/v2/assets/${first.assetId}/metadata`)).json();
    expect(asset).toMatchObject({ name: 'logo.png', size: png.length, tags: ['imported'] });
    const keeping = await start([{ url: `${base}/logo.png`, duplicates: 'keep', name: 'Again.png' }]);
    expect((await ended(keeping.id)).items).toMatchObject([{ state: 'done', outcome: 'created' }]);
    // Renditions are made meanwhile and pass through the same folder.
    await expect.poll(async () => (await server.leftovers()).staging, { timeout: 10_000 }).toBe(0);
  }, 40_000);

  it('notes where the bytes came from', async () => {
    const { id } = await start([{ url: `${base}/logo.png`, duplicates: 'keep' }]);
    const [item] = (await ended(id)).items;
    if (item?.state !== 'done') throw new Error('It was not fetched.');
    const { default: Sqlite } = await import('better-sqlite3');
    const db = new Sqlite(`${server.dataDir}/vitrine.sqlite`, { readonly: true });
    const row = db
      .prepare<[string], { source_url: string }>('select source_url from asset_versions where asset_id = ?')
      .get(item.assetId);
    db.close();
    expect(row?.source_url).toBe(`${base}/logo.png`);
  });

  it('is tried again when the server there has a bad moment', async () => {
    const { id } = await start([{ url: `${base}/flaky.png` }]);
    expect((await ended(id)).items).toMatchObject([{ state: 'done', outcome: 'deduplicated' }]);
    expect(asked.filter((path) => path === '/flaky.png')).toHaveLength(2);
  }, 30_000);

  it('holds nobody up while a server there takes its time, and tells how far it is', async () => {
    const { id } = await start([{ url: `${base}/slow.png`, duplicates: 'keep' }]);
    const running = async () => (await get(id)).items[0];
    for (const end = Date.now() + 8000; (await running())?.state !== 'running' && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await running()).toMatchObject({ state: 'running' });
    const quick = await start([{ url: `${base}/other.png` }]);
    expect((await ended(quick.id)).items).toMatchObject([{ outcome: 'deduplicated' }]);
    for (const release of held.splice(0)) release();
    expect((await ended(id)).items).toMatchObject([{ state: 'done', outcome: 'created' }]);
  }, 30_000);

  it('is one for a single address, and is asked for under an Idempotency-Key once', async () => {
    const before = asked.length;
    const request = () =>
      server.request('/api/v2/assets/import-from-url', {
        ...jsonRequest('POST', { clientId, url: `${base}/logo.png` }),
        headers: { 'content-type': 'application/json', 'idempotency-key': 'import-1' },
      });
    const [one, two] = [importSchema.parse(await (await request()).json()), await (await request()).json()];
    expect(importSchema.parse(two).id).toBe(one.id);
    await ended(one.id);
    expect(asked.length - before).toBe(1);
  });

  it('is refused whole for a foreign campaign, too many addresses or none, and seen by nobody else', async () => {
    const other = await server.create('/api/clients', { name: 'Southwind' });
    const campaignId = await server.create('/api/campaigns', { clientId: other, name: 'Theirs' });
    const url = `${base}/logo.png`;
    const codeOf = async (items: object[]) => {
      const answer = await server.request('/api/v2/imports', jsonRequest('POST', { clientId, items }));
      return problemSchema.parse(await answer.json()).code;
    };
    expect(await codeOf([{ url }, { url, campaignId }])).toBe('campaign_client_mismatch');
    expect(await codeOf([])).toBe('invalid_input');
    expect(await codeOf(Array.from({ length: 101 }, () => ({ url })))).toBe('invalid_input');
    const { id } = await start([{ url }]);
    const member = await server.addUser('member');
    const answer = await server.request(`/api/v2/imports/${id}`, { key: member.key });
    expect(answer.status).toBe(404);
    await ended(id);
  });
});

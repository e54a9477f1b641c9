import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  type Asset,
  assetSchema,
  type IssuedShare,
  issuedShareSchema,
  problemSchema,
  sharedPageSchema,
  sharePageSchema,
  shareSchema,
  shareVisitSchema,
} from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, pdfText, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

/** Somebody without an account, with a browser's memory of what one link gave. */
class Visitor {
  readonly #server: TestServer;
  readonly token: string;
  cookie: string | undefined;

  constructor(server: TestServer, url: string) {
    this.#server = server;
    this.token = new URL(url).pathname.replace('/s/', '');
  }

  async ask(end = '', init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie) headers.set('cookie', this.cookie);
    const address = end.startsWith('/api') ? end : `/api/s/${this.token}${end}`;
    const answer = await this.#server.request(address, { ...init, headers, key: null });
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    return answer;
  }
  async open(end = '') {
    const page = sharedPageSchema.parse(await (await this.ask(end)).json());
    if (page.state === 'locked') throw new Error('It is locked.');
    return page;
  }
  names = async () => (await this.open()).items.map(({ name }) => name);
  unlock = (password: string) => this.ask('/unlock', jsonRequest('POST', { password }));
}

describe('share links', () => {
  let server: TestServer;
  let clientId: string;
  let campaignId: string;
  let seed = 0;

  beforeAll(async () => {
    server = await startServer();
    const brandGuidelines = { colors: ['#0F4C81', '#F4B942', '#FFFFFF'], fonts: [], styleKeywords: [] };
    clientId = await server.create('/api/clients', { name: 'Northwind', brandGuidelines });
    campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  async function upload(fields: Record<string, string> = {}, bytes?: Buffer): Promise<Asset> {
    seed += 1;
    const { fileName = `picture-${seed}.png`, ...others } = fields;
    const parts = [
      { name: 'clientId', value: clientId },
      ...Object.entries(others).map(([name, value]) => ({ name, value })),
      { name: 'file', value: bytes ?? (await smallPng(seed, 400, 300)), fileName },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    expect(answer.status).toBe(201);
    return assetSchema.parse(await answer.json());
  }
  const send = (method: string, address: string, body: object, { key } = server.owner) =>
    server.request(address, { ...jsonRequest(method, body), key });
  async function share(target: object, settings: object = {}, by: TestUser = server.owner) {
    const answer = await send('POST', '/api/shares', { name: 'For you', target, ...settings }, by);
    expect(answer.status).toBe(201);
    return z.array(issuedShareSchema).parse(await answer.json());
  }
  async function only(links: Promise<IssuedShare[]>): Promise<{ link: IssuedShare; visitor: Visitor }> {
    const [link, ...others] = await links;
    if (!link || others.length > 0) throw new Error('There is not one link.');
    return { link, visitor: new Visitor(server, link.url) };
  }
  const ofAsset = (asset: Asset, settings: object = {}) =>
    only(share({ kind: 'asset', assetId: asset.id }, settings));
  const overview = async (id: string) =>
    shareSchema.parse(await (await server.request(`/api/shares/${id}`)).json());
  const visits = async (id: string) =>
    z.array(shareVisitSchema).parse(await (await server.request(`/api/shares/${id}/visits`)).json());
  async function refusal(answer: Response) {
    const { requestId: _requestId, ...problem } = problemSchema.parse(await answer.json());
    return problem;
  }

  it('show an asset to somebody without an account, with the client’s name and colours, and give its bytes', async () => {
    const bytes = await smallPng(99, 640, 480);
    const asset = await upload({ fileName: 'Hafen, früh.png' }, bytes);
    const { link, visitor } = await ofAsset(asset);
    expect(link.url).toMatch(new RegExp(`^${server.url}/s/[\\w-]{43}$`));
    const days = (Date.parse(link.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThan(30.1);
    const page = await visitor.open();
    expect(page).toMatchObject({ name: 'For you', client: 'Northwind', colors: ['#0F4C81', '#F4B942'] });
    const [item] = page.items;
    expect(item).toMatchObject({
      id: asset.id,
      type: 'image',
      name: 'Hafen, früh.png',
      width: 640,
      height: 480,
    });
    expect(JSON.stringify(page)).not.toContain(clientId);
    const whole = await visitor.ask(item?.dataUrl ?? '');
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(whole.headers.get('content-security-policy')).toContain('sandbox');
    const part = await visitor.ask(item?.dataUrl ?? '', { headers: { range: 'bytes=1-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PNG']);
    for (const url of [item?.thumbnailUrl, item?.previewUrl]) {
      const picture = await visitor.ask(url ?? '');
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    }
    const saved = await visitor.ask(item?.downloadUrl ?? '');
    expect(saved.headers.get('content-disposition')).toContain('attachment');
    await saved.arrayBuffer();
  });

  it('answer nothing beside what they show: not another asset of the client, nor one in the trash', async () => {
    const [shown, beside] = [await upload(), await upload()];
    const { visitor } = await ofAsset(shown);
    const missing = '00000000-0000-7000-8000-000000000000';
    const wanted = await refusal(await visitor.ask(`/assets/${missing}/data`));
    expect(wanted.status).toBe(404);
    for (const end of ['data', 'thumbnail', 'waveform', 'metadata']) {
      expect(await refusal(await visitor.ask(`/assets/${beside.id}/${end}`)), end).toEqual(wanted);
    }
    await server.request(`/api/v2/assets/${shown.id}`, { method: 'DELETE' });
    expect(await visitor.names()).toEqual([]);
    expect(await refusal(await visitor.ask(`/assets/${shown.id}/data`))).toEqual(wanted);
    await send('POST', `/api/v2/assets/${shown.id}/restore`, {});
    expect(await visitor.names()).toEqual([shown.name]);
  });

  it('that were revoked, have expired, are spent or never were, all answer the same at once', async () => {
    const asset = await upload();
    const unknown = new Visitor(server, `${server.url}/s/${'x'.repeat(43)}`);
    const wanted = await refusal(await unknown.ask());
    expect(wanted).toMatchObject({ status: 404, detail: expect.stringContaining('does not work any more') });

    const revoked = await ofAsset(asset);
    await revoked.visitor.open();
    await server.request(`/api/shares/${revoked.link.id}`, { method: 'DELETE' });
    const expired = await ofAsset(asset, { expiresAt: new Date(Date.now() + 2000).toISOString() });
    await expired.visitor.open();
    const spent = await ofAsset(asset, { maxUses: 1 });
    await spent.visitor.open();
    const late = new Visitor(server, spent.link.url);
    await expect.poll(async () => (await overview(expired.link.id)).state, { timeout: 5000 }).toBe('expired');
    for (const visitor of [revoked.visitor, expired.visitor]) {
      for (const end of ['', '/zip', `/assets/${asset.id}/data`, `/assets/${asset.id}/thumbnail`]) {
        expect(await refusal(await visitor.ask(end)), end).toEqual(wanted);
      }
    }
    expect(await refusal(await late.ask())).toEqual(wanted);
    expect(await refusal(await late.ask(`/assets/${asset.id}/data`))).toEqual(wanted);
    // Who is on the one visit goes on with it.
    expect(await spent.visitor.names()).toEqual([asset.name]);
    expect((await overview(spent.link.id)).state).toBe('spent');
    expect((await overview(revoked.link.id)).state).toBe('revoked');
    expect((await overview(expired.link.id)).state).toBe('expired');
  });

  it('with a password show nothing before it, and nothing any more once it is another', async () => {
    const asset = await upload();
    const { link, visitor } = await ofAsset(asset, { password: 'open sesame' });
    expect(await (await visitor.ask()).json()).toEqual({ state: 'locked' });
    for (const end of ['/zip', '/logo', `/assets/${asset.id}/data`]) {
      expect((await refusal(await visitor.ask(end))).status, end).toBe(401);
    }
    expect(await refusal(await visitor.unlock('wrong one'))).toMatchObject({ status: 403 });
    expect((await visitor.unlock('open sesame')).status).toBe(200);
    expect(await visitor.names()).toEqual([asset.name]);
    expect((await visitor.ask(`/assets/${asset.id}/data`)).status).toBe(200);

    const other = await ofAsset(asset, { password: 'open sesame' });
    other.visitor.cookie = visitor.cookie;
    expect(await (await other.visitor.ask()).json()).toEqual({ state: 'locked' });

    await send('PATCH', `/api/shares/${link.id}`, { password: 'another one' });
    expect(await (await visitor.ask()).json()).toEqual({ state: 'locked' });
    await send('PATCH', `/api/shares/${link.id}`, { password: null });
    expect(await visitor.names()).toEqual([asset.name]);
    expect(JSON.stringify(await overview(link.id))).not.toMatch(/sesame|hash/i);
  });

  it('let nobody guess a password', async () => {
    const { visitor } = await ofAsset(await upload(), { password: 'open sesame' });
    const statuses: number[] = [];
    for (let turn = 0; turn < 11; turn += 1) statuses.push((await visitor.unlock(`guess ${turn}`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
    expect((await visitor.unlock('open sesame')).status).toBe(429);
  });

  it('give previews only, or nothing to save, where that was said', async () => {
    const asset = await upload();
    const previews = await ofAsset(asset, { quality: 'previews' });
    const [item] = (await previews.visitor.open()).items;
    expect(item).toMatchObject({
      dataUrl: null,
      downloadUrl: expect.stringContaining('size=preview&download'),
    });
    expect((await previews.visitor.ask(`/assets/${asset.id}/data`)).status).toBe(403);
    const saved = await previews.visitor.ask(item?.downloadUrl ?? '');
    expect(saved.headers.get('content-type')).toBe('image/webp');
    await saved.arrayBuffer();

    const { visitor } = await ofAsset(asset, { downloads: false });
    const page = await visitor.open();
    expect(page).toMatchObject({ zipUrl: null, items: [{ dataUrl: null, downloadUrl: null }] });
    for (const end of ['/zip', `/assets/${asset.id}/data`, `/assets/${asset.id}/thumbnail?download`]) {
      expect((await visitor.ask(end)).status, end).toBe(403);
    }
    expect((await visitor.ask(page.items[0]?.previewUrl ?? '')).status).toBe(200);
  });

  it('let a PDF be leafed through where nothing may be saved, unless it would run something', async () => {
    const script = '/OpenAction<</S/JavaScript/JS(app.alert(1))>>';
    for (const [action, disposition, status] of [
      ['', /^inline;/, 200],
      [script, /^attachment;/, 403],
    ] as const) {
      const bytes = Buffer.from(pdfText(action));
      const asset = await upload({ fileName: 'deck.pdf' }, bytes);
      const own = await server.request(`/api/v2/assets/${asset.id}/data`);
      expect(own.headers.get('content-disposition')).toMatch(disposition);
      expect(Buffer.from(await own.arrayBuffer()).equals(bytes)).toBe(true);
      const { visitor } = await ofAsset(asset, { downloads: false });
      const [item] = (await visitor.open()).items;
      expect((await visitor.ask(item?.dataUrl ?? '')).status).toBe(status);
      expect((await visitor.ask(`${item?.dataUrl}?download`)).status).toBe(403);
      const { visitor: saver } = await ofAsset(asset, {});
      const shown = await saver.ask(`/assets/${asset.id}/data`);
      expect(shown.headers.get('content-disposition')).toMatch(disposition);
    }
  });

  it('are one for each recipient, and tell who opened and saved what', async () => {
    const asset = await upload();
    const links = await share({ kind: 'asset', assetId: asset.id }, { recipients: ['Ana', 'Ben'] });
    expect(links.map(({ recipient }) => recipient)).toEqual(['Ana', 'Ben']);
    const [ana, ben] = links;
    if (!ana || !ben) throw new Error('There are no two links.');
    const visitor = new Visitor(server, ana.url);
    await visitor.open();
    await visitor.open();
    const head = { headers: { 'user-agent': 'A browser' } };
    await (await visitor.ask(`/assets/${asset.id}/data?download`, head)).arrayBuffer();
    const resumed = { headers: { range: 'bytes=10-' } };
    await (await visitor.ask(`/assets/${asset.id}/data?download`, resumed)).arrayBuffer();
    expect(await visits(ana.id)).toMatchObject([
      {
        kind: 'download',
        assetId: asset.id,
        userAgent: 'A browser',
        address: expect.stringMatching(/127|::1/),
      },
      { kind: 'open', assetId: null },
    ]);
    expect(await overview(ana.id)).toMatchObject({ uses: 1, downloadCount: 1, state: 'active' });
    expect(await overview(ben.id)).toMatchObject({ uses: 0, downloadCount: 0, lastVisitAt: null });
    const listed = await server.request(`/api/clients/${clientId}/shares?assetId=${asset.id}`);
    const { items } = sharePageSchema.parse(await listed.json());
    expect(items.map(({ recipient }) => recipient).sort()).toEqual(['Ana', 'Ben']);
  });

  it('show a campaign and a collection as they are now, in pages', async () => {
    const inCampaign = [await upload({ campaignId }), await upload({ campaignId })];
    const outside = await upload();
    const campaign = await only(share({ kind: 'campaign', campaignId }));
    expect(await campaign.visitor.names()).toEqual(inCampaign.map(({ name }) => name).reverse());
    const first = await campaign.visitor.open('?limit=1');
    const second = await campaign.visitor.open(`?limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      inCampaign.map(({ id }) => id).reverse(),
    );
    expect(second.nextCursor).toBeNull();
    expect((await campaign.visitor.ask(`/assets/${outside.id}/data`)).status).toBe(404);

    const kinds = [
      { kind: 'list', name: 'Final cut' },
      { kind: 'query', name: 'By name', query: `"${outside.name}"` },
    ];
    for (const kind of kinds) {
      const made = await send('POST', '/api/v2/collections', { clientId, ...kind });
      const { id } = z.object({ id: z.string() }).parse(await made.json());
      if (kind.kind === 'list')
        await send('POST', `/api/v2/collections/${id}/add`, { assetIds: [outside.id] });
      const { link, visitor } = await only(share({ kind: 'collection', collectionId: id }));
      expect(await visitor.names(), kind.kind).toEqual([outside.name]);
      expect((await visitor.ask(`/assets/${outside.id}/data`)).status, kind.kind).toBe(200);
      expect((await visitor.ask(`/assets/${inCampaign[0]?.id}/data`)).status, kind.kind).toBe(404);

      const kept = await server.request(`/api/v2/collections/${id}`, { method: 'DELETE' });
      expect(await refusal(kept)).toMatchObject({ status: 409, code: 'in_use' });
      await server.request(`/api/shares/${link.id}`, { method: 'DELETE' });
      expect((await server.request(`/api/v2/collections/${id}`, { method: 'DELETE' })).status).toBe(200);
    }
  });

  it('never show more than the one who made them may see now', async () => {
    const [shown, hidden] = [await upload(), await upload()];
    const editor = await server.addUser('member');
    const give = (role: string) =>
      send('POST', '/api/grants', { kind: 'client', clientId, userId: editor.id, role });
    await give('editor');
    const target = { kind: 'assets', assetIds: [hidden.id, shown.id] };
    const { visitor } = await only(share(target, {}, editor));
    expect(await visitor.names()).toEqual([hidden.name, shown.name]);
    await send('POST', `/api/v2/assets/${hidden.id}/hiding`, { hidden: { until: null } });
    expect(await visitor.names()).toEqual([shown.name]);
    expect((await visitor.ask(`/assets/${hidden.id}/data`)).status).toBe(404);
    expect((await send('POST', '/api/shares', { name: 'x', target }, editor)).status).toBe(404);
    await send('POST', '/api/grants/remove', { kind: 'client', clientId, userId: editor.id });
    expect((await visitor.ask()).status).toBe(404);
    expect((await visitor.ask(`/assets/${shown.id}/data`)).status).toBe(404);
    await give('viewer');
    expect(await visitor.names()).toEqual([shown.name]);
    expect((await send('POST', '/api/shares', { name: 'x', target }, editor)).status).toBe(404);
    server.sql(`update users set disabled_at = 1 where id = '${editor.id}'`);
    expect((await visitor.ask()).status).toBe(404);
  });

  it('refuse assets of two clients, an end that is past and a password that is too short, and make nothing', async () => {
    const other = await server.create('/api/clients', { name: 'Other' });
    const parts = [
      { name: 'clientId', value: other },
      { name: 'file', value: await smallPng(7777), fileName: 'theirs.png' },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    const theirs = assetSchema.parse(await answer.json());
    const ours = await upload();
    const target = { kind: 'assets', assetIds: [ours.id, theirs.id] };
    const wrong = [
      { target },
      { target: { kind: 'asset', assetId: ours.id }, expiresAt: '2020-01-01T00:00:00.000Z' },
      { target: { kind: 'asset', assetId: ours.id }, expiresAt: '2126-01-01T00:00:00.000Z' },
      { target: { kind: 'asset', assetId: ours.id }, password: '12345' },
      { target: { kind: 'assets', assetIds: [ours.id, ours.id] } },
    ];
    for (const body of wrong) {
      const refused = await send('POST', '/api/shares', { name: 'x', ...body });
      expect(await refusal(refused), JSON.stringify(body)).toMatchObject({
        status: 400,
        code: 'invalid_input',
      });
    }
    const listed = await server.request(`/api/clients/${clientId}/shares?assetId=${ours.id}`);
    expect(sharePageSchema.parse(await listed.json()).items).toEqual([]);
  });

  it('give everything as one ZIP of known length, each name once, with hashes and rights beside it', async () => {
    const [one, two] = [await smallPng(5001), await smallPng(5002)];
    const first = await upload({ fileName: 'same.png' }, one);
    const second = await upload({ fileName: 'Same.png' }, two);
    await send('POST', `/api/v2/assets/${first.id}/rights`, {
      rights: { credit: 'J. Berg', licence: 'RM-1207' },
    });
    const { link, visitor } = await only(
      share({ kind: 'assets', assetIds: [first.id, second.id] }, { name: 'Final: cut/1' }),
    );
    const { zipUrl } = await visitor.open();
    const answer = await visitor.ask(zipUrl ?? '');
    expect(answer.headers.get('content-disposition')).toContain('Final_ cut_1.zip');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(Number(answer.headers.get('content-length'))).toBe(bytes.length);
    const file = path.join(server.dataDir, 'all.zip');
    await writeFile(file, bytes);
    const script = [
      'import hashlib, json, sys, zipfile',
      'z = zipfile.ZipFile(sys.argv[1])',
      'assert z.testzip() is None',
      'print(json.dumps({n: hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist()}))',
      'print(z.read("manifest.json").decode().replace("\\n", ""))',
    ].join('\n');
    const [hashes, manifest] = (await promisify(execFile)('python3', ['-c', script, file])).stdout
      .trim()
      .split('\n');
    const hashOf = (png: Buffer) => createHash('sha256').update(png).digest('hex');
    expect(JSON.parse(hashes ?? '')).toMatchObject({
      'same.png': hashOf(one),
      'Same (2).png': hashOf(two),
      'manifest.json': expect.any(String),
    });
    expect(JSON.parse(manifest ?? '')).toMatchObject({
      title: 'Final: cut/1',
      files: [
        { name: 'same.png', sha256: hashOf(one), size: one.length },
        { name: 'Same (2).png', sha256: hashOf(two) },
      ],
    });
    expect((await visits(link.id))[0]).toMatchObject({ kind: 'download', assetId: null });
    const previews = await only(share({ kind: 'asset', assetId: first.id }, { quality: 'previews' }));
    const small = await previews.visitor.ask('/zip');
    expect(small.status).toBe(200);
    expect(Number(small.headers.get('content-length'))).toBe((await small.arrayBuffer()).byteLength);
  });

  it('are noted in the audit log without anything that opens them', async () => {
    const { link, visitor } = await ofAsset(await upload(), { password: 'open sesame' });
    await server.request(`/api/shares/${link.id}`, { method: 'DELETE' });
    const log = await (await server.request('/api/audit.jsonl')).text();
    const events = log.split('\n').filter((line) => line.includes(link.id));
    expect(events.map((line) => z.object({ action: z.string() }).parse(JSON.parse(line)).action)).toEqual([
      'share.create',
      'share.revoke',
    ]);
    const hash = createHash('sha256').update(visitor.token).digest('hex');
    for (const secret of [visitor.token, hash, 'sesame']) expect(log).not.toContain(secret);
  });
});

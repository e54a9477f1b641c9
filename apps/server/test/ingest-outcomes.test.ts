import { assetSchema, type IngestOutcome, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const ingestedSchema = z.object({ outcome: z.string(), asset: assetSchema });

describe('what becomes of bytes that come in', () => {
  let server: TestServer;
  let clientId: string;
  let campaignId: string;
  let seed = 100;
  let png: Buffer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    campaignId = await server.create('/api/campaigns', { clientId, name: 'Spring' });
    seed += 1;
    png = await smallPng(seed);
  });

  async function send(fields: Record<string, string> = {}, content = png, headers = {}) {
    const texts = Object.entries({ clientId, ...fields }).map(([name, value]) => ({ name, value }));
    const body = formOf([...texts, { name: 'file', value: content, fileName: 'logo.png' }]);
    return server.request('/api/v2/upload-asset', { method: 'POST', body, headers });
  }

  async function upload(fields: Record<string, string> = {}, content = png) {
    const answer = await send(fields, content);
    const body = await answer.json();
    return {
      status: answer.status,
      outcome: answer.headers.get('vitrine-outcome'),
      asset: assetSchema.parse(body),
    };
  }
  const stats = async () => (await server.request(`/api/clients/${clientId}/stats`)).json();
  const trash = (id: string) => server.request(`/api/v2/assets/${id}`, { method: 'DELETE' });

  it('is a new asset the first time and the same asset the second, whatever it is called', async () => {
    const first = await upload({ tags: '["brand_logo"]' });
    expect([first.status, first.outcome]).toEqual([201, 'created']);
    const second = await upload({ name: 'another name.png', tags: '["other"]' });
    expect([second.status, second.outcome]).toEqual([200, 'deduplicated']);
    expect(second.asset).toMatchObject({
      id: first.asset.id,
      name: 'logo.png',
      tags: ['brand_logo'],
      rowVersion: 1,
    });
    expect(await stats()).toMatchObject({ count: 1, bytes: png.length });
  });

  it('of sixteen senders at once, one makes the asset and fifteen are given it', async () => {
    const sent = await Promise.all(Array.from({ length: 16 }, () => upload()));
    const outcomes = sent.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['created', ...Array<IngestOutcome>(15).fill('deduplicated')]);
    expect(new Set(sent.map(({ asset }) => asset.id)).size).toBe(1);
  });

  it('is another asset in another campaign, and at another client, which learns nothing of the first', async () => {
    const first = await upload();
    const second = await upload({ campaignId });
    expect(second).toMatchObject({ outcome: 'created', asset: { campaignId } });
    const other = await server.create('/api/clients', { name: 'Southwind' });
    const third = await upload({ clientId: other });
    expect(third.outcome).toBe('created');
    expect(new Set([first, second, third].map(({ asset }) => asset.id)).size).toBe(3);
  });

  it('is fetched back when it lies in the trash', async () => {
    const { asset } = await upload({ tags: '["subject","spring"]' });
    await trash(asset.id);
    expect(await stats()).toMatchObject({ count: 0, bytes: 0 });
    const again = await upload();
    expect(again).toMatchObject({
      status: 201,
      outcome: 'restored',
      asset: { id: asset.id, tags: ['subject', 'spring'] },
    });
    expect(await stats()).toMatchObject({ count: 1, bytes: png.length });
  });

  it('is a new version of the asset that is named, whose name and tags stay and whose address changes', async () => {
    const { asset } = await upload({ tags: '["brand_logo"]' });
    const fresh = await smallPng(seed, 80, 60);
    const next = await upload({ assetId: asset.id, note: 'Larger' }, fresh);
    expect(next).toMatchObject({ status: 201, outcome: 'new_version' });
    expect(next.asset).toMatchObject({
      id: asset.id,
      version: 2,
      rowVersion: 2,
      name: 'logo.png',
      width: 80,
    });
    expect(next.asset.tags).toEqual(['brand_logo']);
    expect(next.asset.url).not.toBe(asset.url);
    expect(await stats()).toMatchObject({ count: 1, bytes: fresh.length });

    const same = await upload({ assetId: asset.id }, fresh);
    expect(same).toMatchObject({
      status: 200,
      outcome: 'deduplicated',
      asset: { version: 2, rowVersion: 2 },
    });
    const back = await upload({ assetId: asset.id });
    expect(back).toMatchObject({
      status: 201,
      outcome: 'restored',
      asset: { version: 3, sha256: asset.sha256 },
    });
  });

  it('is refused as a version of another kind, of an asset that was edited meanwhile, or of another client', async () => {
    const { asset } = await upload();
    const text = Buffer.from('A note about the logo, long enough to be one.\n');
    const fresh = await smallPng(seed, 50, 50);
    const refusals = [
      { answer: await send({ assetId: asset.id, rowVersion: '7' }, fresh), code: 'conflict' },
      {
        answer: await server.request('/api/v2/upload-asset', {
          method: 'POST',
          body: formOf([
            { name: 'clientId', value: clientId },
            { name: 'assetId', value: asset.id },
            { name: 'file', value: text, fileName: 'note.txt' },
          ]),
        }),
        code: 'type_mismatch',
      },
      {
        answer: await send(
          { clientId: await server.create('/api/clients', { name: 'Else' }), assetId: asset.id },
          fresh,
        ),
        code: 'not_found',
      },
    ];
    for (const { answer, code } of refusals) {
      expect(problemSchema.parse(await answer.json()).code).toBe(code);
    }
    expect(await stats()).toMatchObject({ count: 1, bytes: png.length });
  });

  it('can be asked for by hash, and an asset made of it without sending it', async () => {
    const { asset } = await upload();
    const address = (client: string) => `/api/v2/clients/${client}/assets/by-hash/${asset.sha256}`;
    const found = z.array(assetSchema).parse(await (await server.request(address(clientId))).json());
    expect(found.map(({ id }) => id)).toEqual([asset.id]);
    const fields = { clientId, campaignId, sha256: asset.sha256, name: 'For spring.png', tags: ['subject'] };
    const answer = await server.request('/api/v2/assets/from-hash', jsonRequest('POST', fields));
    expect(answer.status).toBe(201);
    const made = ingestedSchema.parse(await answer.json());
    expect(made).toMatchObject({
      outcome: 'created',
      asset: { campaignId, name: 'For spring.png', width: 40 },
    });
    const again = await server.request('/api/v2/assets/from-hash', jsonRequest('POST', fields));
    expect(await again.json()).toMatchObject({ outcome: 'deduplicated', asset: { id: made.asset.id } });
  });

  it('tells no client by hash what another one has', async () => {
    const { asset } = await upload();
    const other = await server.create('/api/clients', { name: 'Curious' });
    const found = await server.request(`/api/v2/clients/${other}/assets/by-hash/${asset.sha256}`);
    expect(await found.json()).toEqual([]);
    const body = { clientId: other, sha256: asset.sha256, name: 'mine.png' };
    const taken = await server.request('/api/v2/assets/from-hash', jsonRequest('POST', body));
    const invented = await server.request(
      '/api/v2/assets/from-hash',
      jsonRequest('POST', { ...body, sha256: 'ab'.repeat(32) }),
    );
    const [one, two] = [problemSchema.parse(await taken.json()), problemSchema.parse(await invented.json())];
    expect({ ...one, requestId: '' }).toEqual({ ...two, requestId: '' });
    expect(one.code).toBe('not_found');
  });

  it('remembers the folder, the note, the rights and what it was made of', async () => {
    const source = await upload({ tags: '["brand_logo"]' });
    const derivedFrom = [{ assetId: source.asset.id, version: 1, role: 'brand_logo' }];
    const generation = { generator: 'adgen', model: 'v3', prompt: 'A logo on a cup' };
    const made = await upload(
      {
        path: 'shoot\\day 1/./raw',
        note: 'First try',
        rights: JSON.stringify({ to: '2027-01-31', aiUse: 'refused', territories: ['DE'] }),
        derivedFrom: JSON.stringify(derivedFrom),
        generation: JSON.stringify(generation),
      },
      await smallPng(seed, 60, 60),
    );
    expect(made.outcome).toBe('created');
    const { database } = server.composition;
    const version = { assetId: made.asset.id, version: 1 };
    expect(await database.read(({ lineage }) => lineage.derivedFrom(version))).toEqual(derivedFrom);
    expect(await database.read(({ lineage }) => lineage.generation(version))).toEqual({
      ...generation,
      requestId: null,
    });
  });

  it('is refused when it names a source that is not there, and nothing of it is kept', async () => {
    const before = await server.leftovers();
    const derivedFrom = [{ assetId: clientId, version: 1, role: 'subject' }];
    const answer = await send({ derivedFrom: JSON.stringify(derivedFrom) });
    expect(problemSchema.parse(await answer.json()).code).toBe('not_found');
    const malformed = await send({ derivedFrom: '[{"assetId":', path: '../etc' });
    const problem = problemSchema.parse(await malformed.json());
    expect(problem.issues?.map(({ path }) => path[0]).sort()).toEqual(['derivedFrom', 'path']);
    expect(await server.leftovers()).toMatchObject({ staging: 0, assets: before.assets });
  });

  describe('under an Idempotency-Key', () => {
    const keyed = (key: string) => ({ 'idempotency-key': key });

    it('is made once, and told again as it is now', async () => {
      const key = `k-${seed}`;
      const first = assetSchema.parse(await (await send({ duplicates: 'keep' }, png, keyed(key))).json());
      const again = await send({ duplicates: 'keep' }, png, keyed(key));
      expect([again.status, again.headers.get('vitrine-outcome')]).toEqual([201, 'created']);
      expect(assetSchema.parse(await again.json()).id).toBe(first.id);
      expect(await stats()).toMatchObject({ count: 1 });
      expect(await server.leftovers()).toMatchObject({ staging: 0 });
    });

    it('refuses another request, and lets a refused one be sent again', async () => {
      const key = `k-${seed}`;
      expect((await send({ name: 'one' }, png, keyed(key))).status).toBe(201);
      const other = await send({ name: 'two' }, png, keyed(key));
      expect([other.status, problemSchema.parse(await other.json()).code]).toEqual([
        422,
        'idempotency_key_reused',
      ]);
      const broken = Buffer.from('no picture');
      expect((await send({ name: 'x' }, broken, keyed(`${key}-b`))).status).not.toBe(201);
      expect((await send({ name: 'y' }, png, keyed(`${key}-b`))).status).toBe(200);
    });

    it('of ten requests at once one does the work; the others are told so or asked to wait', async () => {
      const key = `k-${seed}`;
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => send({ duplicates: 'keep' }, png, keyed(key))),
      );
      for (const answer of answers) {
        if (answer.status === 201) continue;
        expect(answer.status).toBe(409);
        expect(problemSchema.parse(await answer.json()).code).toBe('still_running');
      }
      expect(answers.some(({ status }) => status === 201)).toBe(true);
      expect(await stats()).toMatchObject({ count: 1 });
    });

    it('makes one client and one campaign, over REST and over tRPC', async () => {
      const headers = { ...keyed(`k-${seed}`), 'content-type': 'application/json' };
      const make = () => server.request('/api/clients', { method: 'POST', headers, body: '{"name":"Once"}' });
      const [one, two] = [await (await make()).json(), await (await make()).json()];
      expect(two).toEqual(one);
      const input = JSON.stringify({ clientId, name: 'Only' });
      const call = async () => {
        const answer = await server.request('/trpc/campaign.create', {
          method: 'POST',
          headers: { ...headers, ...keyed(`t-${seed}`) },
          body: input,
        });
        return answer.json();
      };
      expect(await call()).toEqual(await call());
      const campaigns = await (await server.request(`/api/campaigns?clientId=${clientId}`)).json();
      expect(campaigns).toHaveLength(2);
    });

    it('belongs to whoever chose it: another sender’s request under the same key is its own', async () => {
      const admin = await server.addUser('admin');
      const key = keyed(`k-${seed}`);
      const first = assetSchema.parse(await (await send({ duplicates: 'keep' }, png, key)).json());
      const body = formOf([
        { name: 'clientId', value: clientId },
        { name: 'duplicates', value: 'keep' },
        { name: 'file', value: png, fileName: 'logo.png' },
      ]);
      const other = await server.request('/api/v2/upload-asset', {
        method: 'POST',
        body,
        headers: key,
        key: admin.key,
      });
      expect(assetSchema.parse(await other.json()).id).not.toBe(first.id);
    });

    it.each(['', 'with space', 'é', 'x'.repeat(256)])('of %j is refused by name', async (key) => {
      const answer = await server.request('/api/clients', {
        ...jsonRequest('POST', { name: 'Never' }),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': encodeURI(key) === key ? key : 'a b',
        },
      });
      expect(answer.status).toBe(400);
      expect(problemSchema.parse(await answer.json()).detail).toContain('Idempotency-Key');
    });
  });
});

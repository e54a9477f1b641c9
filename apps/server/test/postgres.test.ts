import { type PostgresServer, startPostgres } from '@vitrine/db/testing';
import { assetSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';
import { tusBy } from './tus-client.ts';

describe('the server on PostgreSQL', () => {
  let postgres: PostgresServer;
  let server: TestServer;
  beforeAll(async () => {
    postgres = await startPostgres();
    server = await startServer({ VITRINE_DATABASE_URL: postgres.url });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await postgres?.[Symbol.asyncDispose]();
  });

  it('takes an upload, lists it, edits it and serves its bytes, as on SQLite', async () => {
    const clientId = await server.create('/api/clients', {
      name: 'Northwind',
      brandGuidelines: { colors: ['#112233'], fonts: [], styleKeywords: [] },
    });
    const png = await smallPng(4);
    const parts = [
      { name: 'file', value: png, fileName: 'Straße.png' },
      { name: 'clientId', value: clientId },
      { name: 'tags', value: '["subject","Grün"]' },
    ];
    const uploaded = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    const asset = assetSchema.parse(await uploaded.json());
    expect(asset).toMatchObject({ type: 'image', roles: ['subject'], width: 40, height: 30 });
    const listed = await server.request(`/api/v2/assets?clientId=${clientId}&tags=gr%C3%BCn&q=strasse`);
    expect(z.array(assetSchema).parse(await listed.json())).toEqual([asset]);
    const bytes = Buffer.from(await (await server.request(asset.url)).arrayBuffer());
    expect(bytes.equals(png)).toBe(true);
    const edited = await server.request(
      `/api/v2/assets/${asset.id}`,
      jsonRequest('PATCH', { name: 'Renamed.png' }),
    );
    expect(assetSchema.parse(await edited.json())).toMatchObject({ name: 'Renamed.png', rowVersion: 2 });
    expect((await server.request('/readyz')).status).toBe(200);
  });

  it('takes an upload in pieces, each of them once, however many send it at once', async () => {
    const clientId = await server.create('/api/clients', { name: 'Pieces' });
    const png = await smallPng(9);
    const tus = tusBy(server);
    const place =
      (await tus.begin(png.length, { clientId, filename: 'a.png' })).headers.get('location') ?? '';
    const half = Math.floor(png.length / 2);
    for (const [start, end, success] of [
      [0, half, 204],
      [half, png.length, 200],
    ] as const) {
      const sendings = Array.from({ length: 8 }, () =>
        tus.patch(place, start, new Uint8Array(png.subarray(start, end))),
      );
      const statuses = (await Promise.all(sendings)).map(({ status }) => status);
      expect(statuses.filter((status) => status === success)).toHaveLength(1);
      expect(statuses.every((status) => [success, 409, 423].includes(status))).toBe(true);
    }
    expect((await tus.head(place)).headers.get('vitrine-outcome')).toBe('created');
  });

  it('signs people in with a cookie', async () => {
    const { headers, ...init } = jsonRequest('POST', {
      email: server.owner.email,
      password: server.owner.password,
    });
    const answer = await server.request('/api/auth/sign-in/email', {
      ...init,
      key: null,
      headers: { ...headers, origin: server.url },
    });
    expect(answer.status).toBe(200);
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    expect((await server.request('/api/v2/self', { key: null, headers: { cookie } })).status).toBe(200);
  });

  it('lets one of sixteen editors of the same row version win', async () => {
    const id = await server.create('/api/clients', { name: 'Contested' });
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, editor) => {
        const { headers, ...init } = jsonRequest('PATCH', { name: `Editor ${editor}` });
        return server.request(`/api/clients/${id}`, { ...init, headers: { ...headers, 'if-match': '"1"' } });
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(15);
  });
});

import { type Asset, assetSchema, assetVersionSchema, problemSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

describe('versions', () => {
  let server: TestServer;
  let clientId: string;
  let seed = 0;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function upload(fields: Record<string, string> = {}, bytes?: Buffer): Promise<Asset> {
    seed += 1;
    const parts = [
      { name: 'clientId', value: clientId },
      ...Object.entries(fields).map(([name, value]) => ({ name, value })),
      { name: 'file', value: bytes ?? (await smallPng(seed)), fileName: `picture-${seed}.png` },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    return assetSchema.parse(await answer.json());
  }
  const versionsOf = async ({ id }: Pick<Asset, 'id'>) => {
    const answer = await server.request(`/api/v2/assets/${id}/versions`);
    return z.array(assetVersionSchema).parse(await answer.json());
  };
  const restore = ({ id }: Pick<Asset, 'id'>, version: number, body: object = {}, headers = {}) => {
    const request = jsonRequest('POST', body);
    return server.request(`/api/v2/assets/${id}/versions/${version}/restore`, {
      ...request,
      headers: { ...request.headers, ...headers },
    });
  };

  it('are listed newest first, each with who, when, why and what, and an address of its own bytes', async () => {
    const first = await upload({ tags: '["logo wall"]', note: 'First cut' });
    const second = await upload({ assetId: first.id, note: 'Brighter' });
    const versions = await versionsOf(first);
    expect(versions).toMatchObject([
      {
        number: 2,
        current: true,
        note: 'Brighter',
        sha256: second.sha256,
        createdBy: { id: server.owner.id },
      },
      {
        number: 1,
        current: false,
        note: 'First cut',
        sha256: first.sha256,
        facts: { type: 'image', width: 40 },
      },
    ]);
    for (const { url, sha256 } of versions) {
      const bytes = await (await fetch(url)).arrayBuffer();
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
      expect(digest).toBe(sha256);
    }
    expect(second.tags).toEqual(['logo wall']);
    expect(second.url).not.toBe(first.url);
  });

  it('come back as a new version, with what was made of them, their rights and their name', async () => {
    const first = await upload({ rights: '{"licence":"RM-12","aiUse":"allowed"}' });
    await server.request(`/api/v2/assets/${first.id}/thumbnail`);
    await upload({ assetId: first.id });
    const answer = await restore(first, 1, {}, { 'if-match': '"2"' });
    expect(answer.status).toBe(200);
    const back = assetSchema.parse(await answer.json());
    expect(back).toMatchObject({
      version: 3,
      sha256: first.sha256,
      rowVersion: 3,
      preview: { state: 'ready' },
    });
    expect(await versionsOf(first)).toMatchObject([
      { number: 3, current: true, note: 'Version 1 again', rights: { licence: 'RM-12', aiUse: 'allowed' } },
      { number: 2, current: false },
      { number: 1, current: false },
    ]);
    expect((await server.request(`/api/v2/assets/${first.id}/thumbnail`)).status).toBe(200);
  });

  it('are not made anew of the bytes that are current', async () => {
    const asset = await upload();
    expect(assetSchema.parse(await (await restore(asset, 1)).json())).toMatchObject({
      version: 1,
      rowVersion: 1,
    });
  });

  it('that are not there, or that somebody else has replaced meanwhile, are refused', async () => {
    const asset = await upload();
    await upload({ assetId: asset.id });
    const missing = problemSchema.parse(await (await restore(asset, 9)).json());
    expect(missing).toMatchObject({ status: 404, detail: 'There is no such version.' });
    const late = problemSchema.parse(await (await restore(asset, 1, {}, { 'if-match': '"1"' })).json());
    expect(late).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('and other edits are never lost: of sixteen who edit what they have read, one wins each time', async () => {
    const asset = await upload();
    const address = `/api/v2/assets/${asset.id}`;
    for (let round = 1; round <= 5; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, editor) => {
          const request = jsonRequest('PATCH', { name: `round ${round} editor ${editor}` });
          return server.request(address, {
            ...request,
            headers: { ...request.headers, 'if-match': `"${round}"` },
          });
        }),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, ...Array.from({ length: 15 }, () => 409)]);
      const winner = answers.find(({ status }) => status === 200);
      const won = assetSchema.parse(await winner?.json());
      const now = assetSchema.parse(await (await server.request(`${address}/metadata`)).json());
      expect(now).toMatchObject({ name: won.name, rowVersion: round + 1 });
    }
  });
});

import { AppError } from '@vitrine/core';
import { problemSchema, sharePageSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer, type TestUser } from './start-server.ts';

const issuedSchema = z.array(z.object({ id: z.string(), url: z.string() })).min(1);
const idSchema = z.object({ id: z.string() });

describe('a share link', () => {
  let server: TestServer;
  let seed = 0;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const newClient = () => server.create('/api/clients', { name: 'Northwind' });
  const send = (
    method: string,
    address: string,
    body: object,
    { key }: Pick<TestUser, 'key'> = server.owner,
  ) => server.request(address, { ...jsonRequest(method, body), key });
  async function upload(clientId: string, fields: Record<string, string> = {}): Promise<string> {
    seed += 1;
    const parts = [
      { name: 'clientId', value: clientId },
      ...Object.entries(fields).map(([name, value]) => ({ name, value })),
      { name: 'file', value: await smallPng(seed), fileName: `picture-${seed}.png` },
    ];
    const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
    return idSchema.parse(await answer.json()).id;
  }
  async function share(target: object, settings: object = {}, by: TestUser = server.owner) {
    const answer = await send('POST', '/api/shares', { name: 'For you', target, ...settings }, by);
    const [link] = issuedSchema.parse(await answer.json());
    return { id: link?.id ?? '', address: `/api${new URL(link?.url ?? '').pathname}` };
  }
  const visit = (address: string) => server.request(address, { key: null });
  const remove = (address: string) => server.request(address, { method: 'DELETE' });

  it('that allows one visit allows one, however many begin at once', async () => {
    const assetId = await upload(await newClient());
    const { id, address } = await share({ kind: 'asset', assetId }, { maxUses: 1 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => visit(address)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(11);
    const link = z.object({ uses: z.number(), state: z.string() });
    expect(link.parse(await (await server.request(`/api/shares/${id}`)).json())).toEqual({
      uses: 1,
      state: 'spent',
    });
  });

  it('keeps its campaign from being deleted until it is revoked, and neither its asset nor its empty client', async () => {
    const clientId = await newClient();
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    const assetId = await upload(clientId, { campaignId });
    const ofAsset = await share({ kind: 'asset', assetId });
    const ofCampaign = await share({ kind: 'campaign', campaignId });
    await visit(ofAsset.address);
    await remove(`/api/v2/assets/${assetId}`);
    const purged = await send('POST', `/api/v2/assets/${assetId}/purge`, {});
    expect([purged.status, await purged.text()]).toEqual([200, expect.any(String)]);
    expect((await visit(ofAsset.address)).status).toBe(200);

    const refused = await remove(`/api/campaigns/${campaignId}`);
    expect(problemSchema.parse(await refused.json())).toMatchObject({ status: 409, code: 'in_use' });
    await remove(`/api/shares/${ofCampaign.id}`);
    expect((await remove(`/api/campaigns/${campaignId}`)).status).toBe(200);

    const deleted = await remove(`/api/clients/${clientId}`);
    expect([deleted.status, await deleted.text()]).toEqual([200, expect.any(String)]);
  });

  it('names no hidden asset to those who manage links and may not see it', async () => {
    const clientId = await newClient();
    const [shown, hidden] = [await upload(clientId), await upload(clientId)];
    const { id } = await share({ kind: 'assets', assetIds: [shown, hidden] });
    const editor = await server.addUser('member');
    await send('POST', '/api/grants', { kind: 'client', clientId, userId: editor.id, role: 'editor' });
    await send('POST', `/api/v2/assets/${hidden}/hiding`, { hidden: { until: null } });
    const seen = async (address: string) => (await server.request(address, { key: editor.key })).text();
    for (const address of [`/api/shares/${id}`, `/api/clients/${clientId}/shares`]) {
      const text = await seen(address);
      expect(text).toContain(shown);
      expect(text, address).not.toContain(hidden);
    }
    const ofHidden = await server.request(`/api/clients/${clientId}/shares?assetId=${hidden}`, {
      key: editor.key,
    });
    expect(sharePageSchema.safeParse(await ofHidden.json()).data?.items ?? []).toEqual([]);
  });

  it('is ended, but given no more, by a maker who may share nothing there any more', async () => {
    const clientId = await newClient();
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Winter' });
    const assetId = await upload(clientId, { campaignId });
    const maker = await server.addUser('member');
    const give = (role: string, target: object) =>
      send('POST', '/api/grants', { ...target, userId: maker.id, role });
    await give('editor', { kind: 'campaign', campaignId });
    const { id } = await share({ kind: 'asset', assetId }, { quality: 'previews' }, maker);
    const widen = async () =>
      (await send('PATCH', `/api/shares/${id}`, { quality: 'originals' }, maker)).status;
    expect(await widen()).toBe(200);
    await give('viewer', { kind: 'campaign', campaignId });
    expect(await widen()).toBe(404);
    const answer = await server.request(`/api/shares/${id}`, { method: 'DELETE', key: maker.key });
    expect(answer.status).toBe(200);
  });

  it('counts wrong passwords of one sender, whichever of their addresses they come from, and of all together', async () => {
    const assetId = await upload(await newClient());
    const { address } = await share({ kind: 'asset', assetId }, { password: 'open sesame' });
    const token = address.replace('/api/s/', '');
    const guess = (from: string, password = 'a wrong one') =>
      server.composition.services.shared
        .unlock({ token, pass: null, requestId: 'test', address: from, userAgent: null }, password)
        .then(
          () => 'opened',
          (error: unknown) => (error instanceof AppError ? error.code : String(error)),
        );
    const held = await Promise.all(Array.from({ length: 12 }, (_, index) => guess(`2001:db8::${index}`)));
    expect(held.filter((code) => code === 'forbidden')).toHaveLength(10);
    expect(held.filter((code) => code === 'rate_limited')).toHaveLength(2);
    // Others are not held up, and what they type right counts for nothing.
    for (let turn = 0; turn < 12; turn += 1) expect(await guess('192.0.2.1', 'open sesame')).toBe('opened');
    server.sql("update verifications set value = '100' where value = '10'");
    expect(await guess('192.0.2.2')).toBe('rate_limited');
  });

  it('is not opened by a body that is too long, of no known length, or no text', async () => {
    const assetId = await upload(await newClient());
    const { address } = await share({ kind: 'asset', assetId }, { password: 'open sesame' });
    const headers = { 'content-type': 'application/json' };
    const bodies: RequestInit[] = [
      { body: JSON.stringify({ password: 'x'.repeat(5000) }) },
      { body: new Blob([JSON.stringify({ password: 'open sesame' })]).stream(), duplex: 'half' },
      { body: JSON.stringify({ password: ['open sesame'] }) },
      { body: JSON.stringify({ password: { $ne: null } }) },
      { body: JSON.stringify({ password: 'open sesame', role: 'owner' }) },
      { body: '"open sesame"' },
      { body: '{' },
    ];
    for (const [turn, init] of bodies.entries()) {
      const answer = await server.request(`${address}/unlock`, {
        method: 'POST',
        headers,
        ...init,
        key: null,
      });
      expect([answer.status, answer.headers.get('set-cookie')], `${turn}`).toEqual([400, null]);
    }
  });
});

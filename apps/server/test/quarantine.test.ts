import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { problemSchema, quarantinePageSchema } from '@vitrine/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keepApart, keptPath } from './keep-apart.ts';
import { smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

const codeOf = async (answer: Response) => problemSchema.parse(await answer.json()).code;

describe('the quarantine', () => {
  let server: TestServer;
  let clientId: string;
  let otherId: string;

  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    otherId = await server.create('/api/clients', { name: 'Southwind' });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const list = async (query = '') =>
    quarantinePageSchema.parse(await (await server.request(`/api/quarantine${query}`)).json());
  const accept = (id: string, body: object) =>
    server.request(`/api/quarantine/${id}/accept`, jsonRequest('POST', body));

  it('lists what came last first, in pages that neither repeat nor leave out', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 7; number += 1) {
      // Several came in the same millisecond.
      const at = 1000 + Math.floor(number / 3);
      ids.push(await keepApart(server, { clientId, bytes: Buffer.from(`file ${number}`), at }));
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list(`?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect([...seen].sort()).toEqual([...ids].sort());
    const times = (await list()).items.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    expect((await server.request('/api/quarantine?cursor=nonsense')).status).toBe(400);
    for (const id of ids) await server.request(`/api/quarantine/${id}`, { method: 'DELETE' });
  });

  it('gives the bytes out as a file that no browser opens', async () => {
    const bytes = Buffer.from('<script>alert(1)</script>');
    const id = await keepApart(server, { clientId, bytes, fileName: 'page “1”.html' });
    const answer = await server.request(`/api/quarantine/${id}/data`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    const { headers } = answer;
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(headers.get('cache-control')).toBe('private, no-store');
    const part = await server.request(`/api/quarantine/${id}/data`, { headers: { range: 'bytes=1-6' } });
    expect([part.status, await part.text()]).toEqual([206, 'script']);
    expect((await server.request(`/api/quarantine/${otherId}/data`)).status).toBe(404);
    expect((await server.request('/api/quarantine/%00/data')).status).toBe(404);
  });

  it('refuses to make an asset of what is none, says why, and keeps it', async () => {
    const id = await keepApart(server, { clientId, bytes: Buffer.from('MZ\x00\x01 no asset') });
    const answer = await accept(id, { clientId: otherId });
    const problem = problemSchema.parse(await answer.json());
    expect([answer.status, problem.code]).toEqual([415, 'unsupported_format']);
    expect((await list()).items.map((file) => file.id)).toContain(id);
    expect((await server.request(`/api/quarantine/${id}/data`)).status).toBe(200);
    expect(await server.leftovers()).toMatchObject({ staging: 0 });
  });

  it('makes an asset of what is one, at the client and campaign that were said, and lets go of it', async () => {
    const campaignId = await server.create('/api/campaigns', { clientId: otherId, name: 'Winter' });
    const bytes = await smallPng(1);
    const id = await keepApart(server, { clientId, bytes, fileName: 'harbour.png' });
    expect(await codeOf(await accept(id, { clientId, campaignId }))).toBe('campaign_client_mismatch');
    const answer = await accept(id, { clientId: otherId, campaignId });
    expect(answer.status).toBe(200);
    const { assetId } = z
      .object({ assetId: z.string(), outcome: z.literal('created') })
      .parse(await answer.json());
    const asset = await (await server.request(`/api/v2/assets/${assetId}/metadata`)).json();
    expect(asset).toMatchObject({ clientId: otherId, campaignId, name: 'harbour.png', size: bytes.length });
    expect((await list()).items.map((file) => file.id)).not.toContain(id);
    expect(existsSync(keptPath(server, bytes))).toBe(false);
    expect(await codeOf(await accept(id, { clientId: otherId }))).toBe('not_found');
  });

  it('of two that accept a file at once, one makes the asset', async () => {
    const id = await keepApart(server, { clientId, bytes: await smallPng(2) });
    const { assets } = await server.leftovers();
    const answers = await Promise.all([1, 2, 3].map(() => accept(id, { clientId: otherId })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await server.leftovers()).toMatchObject({ staging: 0, assets: assets + 1 });
  });

  it('deletes a file, but its bytes only when no other file there has the same', async () => {
    const bytes = Buffer.from('twice');
    const [first, second] = [
      await keepApart(server, { clientId, bytes }),
      await keepApart(server, { clientId: otherId, bytes }),
    ];
    const remove = (id: string) => server.request(`/api/quarantine/${id}`, { method: 'DELETE' });
    expect((await remove(first)).status).toBe(200);
    expect(await (await server.request(`/api/quarantine/${second}/data`)).text()).toBe('twice');
    expect(await codeOf(await remove(first))).toBe('not_found');
    expect((await remove(second)).status).toBe(200);
    expect(existsSync(keptPath(server, bytes))).toBe(false);
    const events = await (await server.request(`/api/audit?clientId=${otherId}&action=file.discard`)).json();
    expect(events).toMatchObject({ items: [{ before: { fileName: 'kept.bin', size: 5 } }] });
  });

  it('says so when the bytes are gone', async () => {
    const bytes = Buffer.from('gone');
    const id = await keepApart(server, { clientId, bytes });
    await rm(keptPath(server, bytes));
    expect(await codeOf(await server.request(`/api/quarantine/${id}/data`))).toBe('damaged');
    expect(await codeOf(await accept(id, { clientId }))).toBe('damaged');
    await writeFile(keptPath(server, bytes), 'rot!');
    expect(await codeOf(await accept(id, { clientId }))).toBe('damaged');
    expect(await server.leftovers()).toMatchObject({ staging: 0 });
  });

  it('keeps a file that the scan refuses again, once', async () => {
    const scanner = path.join(server.dataDir, 'scanner');
    await mkdir(scanner);
    const command = path.join(scanner, 'scan.sh');
    await writeFile(command, '#!/bin/sh\necho "$1: Eicar-Test FOUND"; exit 1\n', { mode: 0o755 });
    await using strict = await startServer({ VITRINE_SCAN_COMMAND: command });
    const client = await strict.create('/api/clients', { name: 'Northwind' });
    const id = await keepApart(strict, { clientId: client, bytes: await smallPng(3) });
    const answer = await strict.request(
      `/api/quarantine/${id}/accept`,
      jsonRequest('POST', { clientId: client }),
    );
    expect(await codeOf(answer)).toBe('infected');
    const page = quarantinePageSchema.parse(await (await strict.request('/api/quarantine')).json());
    expect(page.items.map((file) => file.id)).toEqual([id]);
    expect(await strict.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
  });

  it('is nothing for members', async () => {
    const member = await server.addUser('member');
    const id = await keepApart(server, { clientId, bytes: Buffer.from('secret') });
    for (const [address, method] of [
      ['/api/quarantine', 'GET'],
      [`/api/quarantine/${id}/data`, 'GET'],
      [`/api/quarantine/${id}`, 'DELETE'],
    ] as const) {
      const answer = await server.request(address, { method, key: member.key });
      expect([answer.status, await codeOf(answer)], `${method} ${address}`).toEqual([403, 'forbidden']);
    }
  });
});

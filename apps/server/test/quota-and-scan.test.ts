import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assetSchema, clientSchema, problemSchema, quotaSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { jsonRequest, startServer, type TestServer } from './start-server.ts';

async function send(
  server: TestServer,
  clientId: string,
  content: Buffer,
  more: Record<string, string> = {},
) {
  const texts = Object.entries({ clientId, ...more }).map(([name, value]) => ({ name, value }));
  const body = formOf([...texts, { name: 'file', value: content, fileName: 'a.png' }]);
  return server.request('/api/v2/upload-asset', { method: 'POST', body });
}
const codeOf = async (answer: Response) => problemSchema.parse(await answer.json()).code;

describe('a quota', () => {
  it('is none until an owner or admin sets one', async () => {
    await using server = await startServer();
    const member = await server.addUser('member');
    const made = await server.request('/api/clients', {
      ...jsonRequest('POST', { name: 'Northwind' }),
      key: member.key,
    });
    const { id } = clientSchema.parse(await made.json());
    const address = `/api/clients/${id}/quota`;
    expect(quotaSchema.parse(await (await server.request(address, { key: member.key })).json())).toEqual({
      maxBytes: null,
      maxAssets: null,
    });
    const wish = { ...jsonRequest('POST', { maxAssets: 3 }), key: member.key };
    expect(await codeOf(await server.request(address, wish))).toBe('forbidden');
    const set = await server.request(address, jsonRequest('POST', { maxAssets: 3 }));
    expect(quotaSchema.parse(await set.json())).toEqual({ maxBytes: null, maxAssets: 3 });
  });

  it('of assets lets as many in as it says, also of many at once, and refuses the rest in words', async () => {
    await using server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    await server.request(`/api/clients/${clientId}/quota`, jsonRequest('POST', { maxAssets: 4 }));
    const files = await Promise.all(Array.from({ length: 10 }, (_, seed) => smallPng(seed)));
    const answers = await Promise.all(files.map((file) => send(server, clientId, file)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer.status).toBe(413);
      const problem = problemSchema.parse(await answer.json());
      expect(problem.code).toBe('quota_exceeded');
      expect(problem.detail).toContain('may hold 4 assets');
    }
    expect(await server.leftovers()).toMatchObject({ staging: 0, assets: 4 });
  });

  it('of bytes refuses a file by its announced length, before its bytes are read', async () => {
    await using server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    await server.request(`/api/clients/${clientId}/quota`, jsonRequest('POST', { maxBytes: 200_000 }));
    const answer = await send(server, clientId, Buffer.alloc(400_000));
    // A file of zeros would be `unsupported_format`, had anybody looked.
    expect(await codeOf(answer)).toBe('quota_exceeded');
    expect((await send(server, clientId, await smallPng(1))).status).toBe(201);
  });

  it('counts what a new version adds, and lets a smaller one in when the client is full', async () => {
    await using server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const [small, large] = [await smallPng(1, 40, 30), await smallPng(2, 400, 300)];
    expect(large.length).toBeGreaterThan(small.length);
    const first = assetSchema.parse(await (await send(server, clientId, large)).json());
    const quota = { maxAssets: 1, maxBytes: large.length };
    await server.request(`/api/clients/${clientId}/quota`, jsonRequest('POST', quota));
    const smaller = await send(server, clientId, small, { assetId: first.id });
    expect(smaller.status).toBe(201);
    const larger = await send(server, clientId, await smallPng(3, 800, 600), { assetId: first.id });
    expect(await codeOf(larger)).toBe('quota_exceeded');
    expect(await codeOf(await send(server, clientId, await smallPng(4)))).toBe('quota_exceeded');
  });
});

describe('a scan', () => {
  it('keeps what it refuses out of the library, in quarantine, and in the audit log', async () => {
    await using first = await startServer();
    const scanner = path.join(first.dataDir, 'scanner.sh');
    // The test string that every scanner knows begins like this.
    await writeFile(
      scanner,
      '#!/bin/sh\nif grep -q X5O "$1"; then echo "$1: Eicar-Test FOUND"; exit 1; fi\n',
      {
        mode: 0o755,
      },
    );
    await using server = await startServer({ VITRINE_SCAN_COMMAND: scanner });
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    expect((await send(server, clientId, await smallPng(1))).status).toBe(201);
    const answer = await send(server, clientId, Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR'));
    const problem = problemSchema.parse(await answer.json());
    expect(problem).toMatchObject({ status: 422, code: 'infected' });
    expect(problem.detail).toContain('Eicar-Test FOUND');
    expect(problem.detail).not.toContain(server.dataDir);
    expect(await server.leftovers()).toMatchObject({ staging: 0, assets: 1 });
    const kept = await readdir(path.join(server.dataDir, 'quarantine'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(kept.filter((entry) => entry.isFile())).toHaveLength(1);
    const { default: Sqlite } = await import('better-sqlite3');
    const db = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'), { readonly: true });
    expect(db.prepare('select file_name, reason from quarantined_files').all()).toEqual([
      { file_name: 'a.png', reason: 'Eicar-Test FOUND' },
    ]);
    expect(
      db.prepare("select count(*) as n from audit_events where action = 'file.quarantine'").get(),
    ).toEqual({
      n: 1,
    });
    db.close();
  });

  it.each(['/nowhere/scanner', '/bin/false-and-more', 'sh -c exit'])(
    'that cannot tell lets nothing in: %s',
    async (command) => {
      await using server = await startServer({
        VITRINE_SCAN_COMMAND: command === 'sh -c exit' ? 'sh -c "exit 2"' : command,
      });
      const clientId = await server.create('/api/clients', { name: 'Northwind' });
      const answer = await send(server, clientId, await smallPng(1));
      expect([answer.status, await codeOf(answer)]).toEqual([503, 'unavailable']);
      expect(await server.leftovers()).toEqual({ staging: 0, blobs: 0, assets: 0 });
    },
  );
});

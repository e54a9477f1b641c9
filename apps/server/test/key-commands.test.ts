import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { apiKeySchema, issuedKeySchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startServer, type TestServer } from './start-server.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

describe('keys on the command line', () => {
  const run = (
    { dataDir }: TestServer,
    args: readonly string[],
  ): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, VITRINE_DATA_DIR: dataDir, VITRINE_LOG: 'warn' };
      execFile(
        process.execPath,
        ['--conditions=@vitrine/source', cli, ...args],
        { env },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });

  it('are made for clients, scopes and days, listed, and revoked while a server runs', async () => {
    await using server = await startServer();
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const otherId = await server.create('/api/clients', { name: 'Tailspin' });
    const create = ['key', 'create', '--user', server.owner.email, '--json'];
    const limits = ['--client', clientId, '--scope', 'clients:read', '--expires', '30', '--name', 'robot'];
    const made = await run(server, [...create, ...limits]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const { key, ...known } = issuedKeySchema.parse(JSON.parse(made.stdout));
    expect(known).toMatchObject({ name: 'robot', scopes: ['clients:read'], clientIds: [clientId] });
    expect((Date.parse(known.expiresAt ?? '') - Date.now()) / 86_400_000).toBeCloseTo(30, 2);
    const statusOf = async (id: string) => (await server.request(`/api/clients/${id}`, { key })).status;
    expect([await statusOf(clientId), await statusOf(otherId)]).toEqual([200, 404]);

    const listed = z
      .array(apiKeySchema)
      .parse(JSON.parse((await run(server, ['key', 'list', '--json'])).stdout));
    expect(listed.find(({ id }) => id === known.id)).toMatchObject({ lastUsedAt: expect.any(String) });
    expect((await run(server, ['key', 'list'])).stdout).toContain(known.start);

    expect(await run(server, ['key', 'revoke', known.id])).toMatchObject({ code: 0 });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await statusOf(clientId)).toBe(401);
    expect(await run(server, ['key', 'revoke', known.id])).toMatchObject({
      code: 1,
      stderr: 'There is no such key.\n',
    });

    for (const expires of ['soon', '366', '2020-01-01']) {
      expect((await run(server, [...create, '--expires', expires])).code, expires).toBe(1);
    }
    const lasting = issuedKeySchema.parse(JSON.parse((await run(server, create)).stdout));
    expect(lasting).toMatchObject({
      expiresAt: null,
      clientIds: null,
      scopes: expect.arrayContaining(['jobs:manage']),
    });
  }, 120_000);
});

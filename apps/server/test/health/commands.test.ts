import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../start-server.ts';
import { type SeededBlob, seedBlobs } from './seed-blobs.ts';
import { flipBytes } from './stored-bytes.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

describe('the commands that look after stored bytes, while a server runs', () => {
  let server: TestServer;
  let blobs: readonly SeededBlob[];
  beforeAll(async () => {
    server = await startServer({ VITRINE_BLOB_INLINE_MAX: '0' });
    const clientId = await server.create('/api/clients', { name: 'Northwind' });
    const { dataDir, owner } = server;
    blobs = seedBlobs({ dataDir, clientId, userId: owner.id, store: 'disk', count: 20, salt: 'cli' });
    flipBytes({ dataDir, store: 'disk' }, blobs.slice(0, 3));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const run = (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--conditions=@vitrine/source', cli, ...args],
        { env: { ...process.env, VITRINE_DATA_DIR: server.dataDir, VITRINE_LOG: 'silent' } },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });

  it('verify says what is damaged and ends with 1, and the running server does not serve it', async () => {
    const { code, stdout } = await run('verify', '--json', '--rate', '0');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ blobs: 20, complete: true, damaged: { wrong_bytes: 3 } });
    expect(JSON.parse(stdout).examples).toHaveLength(3);
    const answer = await server.request(`/api/v2/assets/${blobs[0]?.assetId}`);
    expect(answer.status).toBe(500);
  });

  it('storage move leaves the damaged where they are, tells of them, and the server serves the others', async () => {
    const { code, stdout } = await run('storage', 'move', '--to', 'database', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ to: 'database', moved: { blobs: 17 }, damaged: { blobs: 3 } });
    const answer = await server.request(`/api/v2/assets/${blobs[10]?.assetId}`);
    expect(await answer.text()).toBe(blobs[10]?.bytes.toString());
  });

  it('storage move refuses S3 by name and says what to do', async () => {
    const { code, stderr } = await run('storage', 'move', '--to', 's3');
    expect(code).toBe(1);
    expect(stderr).toContain('no S3 store');
    expect(stderr).toContain('disk or database');
  });

  it('doctor --full names the damaged assets, repair counts again what the seed did not count', async () => {
    const full = await run('doctor', '--full');
    expect(full.code).toBe(1);
    expect(full.stdout).toContain('ILL   stored bytes: 3 are damaged or gone');
    expect(full.stdout).toContain(`asset ${blobs[0]?.assetId}`);
    expect(full.stdout).toContain('ILL   counters: 1');
    const { code, stdout } = await run('repair', '--json');
    expect({ code, repaired: JSON.parse(stdout) }).toMatchObject({ code: 0, repaired: { counters: 1 } });
  });
});

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitrineClient } from '@vitrine/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const count = 1000;
const outcomeSchema = z.object({
  file: z.string(),
  ok: z.literal(true),
  outcome: z.string(),
  asset: z.object({ id: z.string(), name: z.string() }),
});

describe('a folder of a thousand files', () => {
  let root: string;
  let folder: string;
  let server: TestServer;

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'vitrine-folder-'));
    folder = path.join(root, 'shoot');
    for (let day = 0; day < 10; day += 1) {
      await mkdir(path.join(folder, `day ${day}`), { recursive: true });
    }
    for (let index = 0; index < count; index += 1) {
      const isPicture = index % 4 === 0;
      const name = `${String(index).padStart(4, '0')}.${isPicture ? 'png' : 'txt'}`;
      const content = isPicture ? await smallPng(index) : `Take ${index} of the shoot, kept for later.\n`;
      await writeFile(path.join(folder, `day ${index % 10}`, name), content);
    }
    server = await startServer();
  }, 120_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  });

  const vitrine = () => createVitrineClient({ url: server.url, apiKey: server.owner.key });

  /** Runs the command; answers its outcomes, in order. */
  async function upload(args: readonly string[]) {
    const { stdout, code } = await new Promise<{ stdout: string; code: unknown }>((resolve) => {
      const env = {
        ...process.env,
        ...{ VITRINE_DATA_DIR: server.dataDir, VITRINE_LOG: 'warn', HOME: root },
        VITRINE_API_KEY: server.owner.key,
      };
      const all = ['--conditions=@vitrine/source', cli, 'upload', folder, '--json', ...args];
      execFile(process.execPath, all, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) =>
        resolve({ stdout, code: error?.code ?? 0 }),
      );
    });
    expect(code).toBe(0);
    return z.array(outcomeSchema).parse(JSON.parse(stdout));
  }

  it.each([
    ['through a server', () => ['--server', server.url]],
    ['straight into the library', () => []],
  ])(
    'goes in by one command %s; the second time nothing is new',
    async (how, more) => {
      const { id } = await vitrine().client.create.mutate({ name: how });
      const args = ['--client', id, ...more()];
      const first = await upload(args);
      expect(first.map(({ file }) => path.relative(folder, file))).toEqual(
        (await readdir(folder, { recursive: true })).filter((name) => path.extname(name) !== '').toSorted(),
      );
      expect(first.filter(({ outcome }) => outcome === 'created')).toHaveLength(count);
      const { blobs } = await server.leftovers();
      const second = await upload(args);
      expect(second.filter(({ outcome }) => outcome === 'deduplicated')).toHaveLength(count);
      expect(second.map(({ asset }) => asset.id)).toEqual(first.map(({ asset }) => asset.id));
      expect(await server.leftovers()).toMatchObject({ blobs, staging: 0 });

      const { default: Sqlite } = await import('better-sqlite3');
      const db = new Sqlite(path.join(server.dataDir, 'vitrine.sqlite'), { readonly: true });
      const paths = db.prepare('select distinct path from assets where client_id = ? order by path').all(id);
      db.close();
      expect(paths).toEqual(Array.from({ length: 10 }, (_, day) => ({ path: `shoot/day ${day}` })));
    },
    200_000,
  );

  it('goes in by one call of the client, with outcomes in order', async () => {
    const { id } = await vitrine().client.create.mutate({ name: 'By the client' });
    const names = (await readdir(folder, { recursive: true })).filter((name) => path.extname(name) !== '');
    const files = names.map((name) => ({ file: path.join(folder, name), path: path.dirname(name) }));
    const outcomes = await vitrine().uploadFiles(files, { clientId: id });
    expect(outcomes.map((one) => one.ok && one.asset.name)).toEqual(names.map((name) => path.basename(name)));
    const again = await vitrine().uploadFiles(files, { clientId: id });
    expect(again.filter((one) => one.ok && one.outcome === 'deduplicated')).toHaveLength(count);
  }, 200_000);

  it('leaves nothing in the store of uploads under way', async () => {
    const text = await readFile(path.join(root, '.vitrine', 'uploads.json'), 'utf8').catch(() => '{}');
    expect(text).toBe('{}');
  });
});

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { holdCollector, type ServiceDependencies } from '@vitrine/core';
import { emptyPostgres, isEmptyPostgres, lockFile } from '@vitrine/db';
import { startPostgres } from '@vitrine/db/testing';
import { openLegacyLibrary } from '@vitrine/legacy';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeBackup } from '../../src/backup/make-backup.ts';
import { restoreBackup } from '../../src/backup/restore-backup.ts';
import { configFrom } from '../../src/config/config.ts';
import { envSchema } from '../../src/config/env.ts';
import { serve } from '../../src/serve.ts';
import { makeOldLibrary } from '../legacy/old-library.ts';
import { formOf, smallPng } from '../small-files.ts';
import { startServer, type TestServer } from '../start-server.ts';

const assets = Number(process.env['VITRINE_BACKUP_ASSETS'] ?? 300);
const root = mkdtempSync(path.join(tmpdir(), 'vitrine-backup-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const fresh = (name: string) => path.join(mkdtempSync(path.join(root, `${name}-`)), 'x');
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const assetSchema = z.object({ id: z.string(), sha256: z.string() });
type Known = z.output<typeof assetSchema>;

/** All bytes in one store, however small. */
const stored = (store: string) => ({ VITRINE_BLOBS: store, VITRINE_BLOB_INLINE_MAX: '0' });

/** Whatever nothing points at goes at once: only a hold keeps it while it is copied. */
const withoutGrace = (real: ServiceDependencies): ServiceDependencies => ({ ...real, collectGraceMs: 0 });

async function upload(server: TestServer, clientId: string, seed: number): Promise<Known> {
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'file', value: await smallPng(seed), fileName: `${seed}.png` },
  ];
  const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
  return assetSchema.parse(await answer.json());
}

/** Every asset that the library lists, with the hash that its row says. */
function allAssets(file: string): Known[] {
  const db = new Sqlite(file, { readonly: true });
  try {
    return db
      .prepare<[], Known>(
        'select a.id, v.sha256 from assets a join asset_versions v on v.asset_id = a.id and v.number = a.current_version where a.trashed_at is null order by 1',
      )
      .all();
  } finally {
    db.close();
  }
}

async function fill(server: TestServer, count: number): Promise<void> {
  const old = await makeOldLibrary({
    folder: fresh('old'),
    generation: 'inline',
    assets: count,
    orphans: 10,
  });
  using source = openLegacyLibrary({ ...old, workFolder: server.dataDir });
  await server.composition.services.legacy.run({ source, dryRun: false });
}

/** The bytes of assets as a server gives them, compared with their hashes. */
async function wrongIn(
  get: (address: string) => Promise<Response>,
  known: readonly Known[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, sha256 } of known) {
    const answer = await get(`/api/v2/assets/${id}`);
    if (!answer.ok || hashOf(new Uint8Array(await answer.arrayBuffer())) !== sha256) wrong.push(id);
  }
  return wrong;
}

describe.each(['disk', 'database'])(
  'a backup of a library that keeps its bytes in the store `%s`',
  (store) => {
    it(`holds all of ${assets} assets and more, taken while others upload, delete and collect`, async () => {
      const server = await startServer(stored(store), { dependencies: withoutGrace });
      const { owner } = server;
      const folder = fresh('backup');
      let before: Known[];
      try {
        const clientId = await server.create('/api/clients', { name: 'Busy' });
        await fill(server, assets);
        before = allAssets(path.join(server.dataDir, 'vitrine.sqlite'));
        let isOver = false;
        const begun = Promise.withResolvers<void>();
        const load = (async () => {
          for (let seed = 1; !isOver; seed += 1) {
            const one = await upload(server, clientId, seed);
            const other = await upload(server, clientId, 1_000_000 + seed);
            await server.request(`/api/v2/assets/${one.id}`, { method: 'DELETE' });
            await server.request(`/api/v2/clients/${clientId}/trash/empty`, { method: 'POST' });
            await server.composition.services.collector.collect();
            if (seed === 3) begun.resolve();
            expect(other.sha256).toHaveLength(64);
          }
        })();
        await begun.promise;
        const made = await makeBackup({ library: server.composition, folder });
        isOver = true;
        await load;
        expect(made.problems).toEqual([]);
        expect(made.copied).toBeGreaterThan(before.length / 2);
      } finally {
        await server[Symbol.asyncDispose]();
      }
      rmSync(server.dataDir, { recursive: true, force: true });

      const into = fresh('restored');
      await restoreBackup({ folder, into });
      const env = {
        VITRINE_PORT: '0',
        VITRINE_LOG: 'silent',
        VITRINE_RATE_LIMIT: '0',
        VITRINE_DATA_DIR: into,
        ...stored(store),
      };
      await using restored = await serve(configFrom(envSchema.parse(env)), { background: false });
      const get = (address: string) =>
        fetch(new URL(address, restored.url), { headers: { 'x-api-key': owner.key } });
      expect(await wrongIn(get, before)).toEqual([]);
      expect(await wrongIn(get, allAssets(path.join(into, 'vitrine.sqlite')))).toEqual([]);
      expect((await restored.composition.services.audit.verify()).ok).toBe(true);
    }, 600_000);
  },
);

it('while bytes are copied none is deleted, though nothing points at them any more', async () => {
  let now = Date.now();
  await using server = await startServer({}, { dependencies: withoutGrace, clock: { now: () => now } });
  const { services, database, clock } = server.composition;
  const clientId = await server.create('/api/clients', { name: 'Northwind' });
  const { id } = await upload(server, clientId, 1);
  {
    using _hold = await holdCollector({ database, clock });
    await server.request(`/api/v2/assets/${id}`, { method: 'DELETE' });
    await server.request(`/api/v2/clients/${clientId}/trash/empty`, { method: 'POST' });
    now += 60_000;
    expect(await services.collector.collect()).toMatchObject({ deleted: 0 });
    expect(await server.leftovers()).toMatchObject({ blobs: 1 });
  }
  // Others may hold it too, so that it ends by itself.
  now += 61_000;
  expect(await services.collector.collect()).toMatchObject({ deleted: 1 });
});

describe('a backup', () => {
  let server: TestServer;
  let clientId: string;
  const folder = fresh('backup');
  beforeAll(async () => {
    server = await startServer();
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    await fill(server, 40);
    await makeBackup({ library: server.composition, folder });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const names = () => readdirSync(path.join(folder, 'backups')).sort();
  const newest = () => path.join(folder, 'backups', names().at(-1) ?? '');
  const refused = async (of = folder) => {
    const into = fresh('refused');
    const problem = await restoreBackup({ folder: of, into }).then(
      () => 'it was restored',
      (error: Error) => error.message,
    );
    expect(() => statSync(into)).toThrow();
    return problem;
  };
  /** A copy of all backups, to be damaged. */
  function copyOf(): { copy: string; place: string } {
    const copy = fresh('copy');
    cpSync(folder, copy, { recursive: true });
    return { copy, place: path.join(copy, 'backups', path.basename(newest())) };
  }

  it('copies only what earlier ones in the folder have not', async () => {
    await upload(server, clientId, 7);
    const made = await makeBackup({ library: server.composition, folder });
    expect(made).toMatchObject({ copied: 1, problems: [] });
    expect(made.kept).toBe(made.manifest.blobs.count + made.manifest.quarantined.count - 1);
    expect(names()).toHaveLength(2);
    const again = await makeBackup({ library: server.composition, folder });
    expect(again).toMatchObject({ copied: 0 });
  });

  it('is refused when any byte of its manifest is another', async () => {
    const { copy, place } = copyOf();
    const file = path.join(place, 'manifest.json');
    const text = readFileSync(file);
    for (let at = 0; at < text.length; at += 97) {
      const changed = Buffer.from(text);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      const same = JSON.stringify(tryParse(changed)) === JSON.stringify(tryParse(text));
      // White space is no content.
      if (!same) expect(await refused(copy)).toContain('Nothing was restored');
    }
  });

  it('is refused when its database, its list or its secret is another, or a file is damaged or gone', async () => {
    for (const name of ['database.sqlite', 'files.txt', 'secret']) {
      const { copy, place } = copyOf();
      appendFileSync(path.join(place, name), 'x');
      expect(await refused(copy), name).toContain('is not what the manifest says');
    }
    const { copy } = copyOf();
    const blobs = readdirSync(path.join(copy, 'blobs'), { recursive: true, withFileTypes: true }).filter(
      (one) => one.isFile(),
    );
    const [first, second] = blobs.map((one) => path.join(one.parentPath, one.name));
    if (!first || !second) throw new Error('There are no blobs.');
    const bytes = readFileSync(first);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(first, bytes);
    expect(await refused(copy)).toContain('1 files of the backup cannot be used');
    rmSync(second);
    expect(await refused(copy)).toContain('2 files of the backup cannot be used');
    // The next backup that looks puts both right.
    const healed = await makeBackup({ library: server.composition, folder: copy, check: true });
    expect(healed).toMatchObject({ copied: 2, problems: [] });
    const into = fresh('healed');
    await restoreBackup({ folder: copy, into });
  });

  it('that was cut off is none, and its folder is good for the next', async () => {
    const { copy } = copyOf();
    const cut = path.join(copy, 'backups', '2999-01-01T00-00-00.000Z.part');
    cpSync(path.join(copy, 'backups', path.basename(newest())), cut, { recursive: true });
    const into = fresh('restored');
    expect((await restoreBackup({ folder: copy, into })).name).toBe(path.basename(newest()));
    expect(await makeBackup({ library: server.composition, folder: copy })).toMatchObject({ copied: 0 });
    // It was a copy of the database.
    expect(existsSync(cut)).toBe(false);
  });

  it('is not made while another one is', async () => {
    const { copy } = copyOf();
    const lock = lockFile(path.join(copy, 'lock'));
    await expect(makeBackup({ library: server.composition, folder: copy })).rejects.toThrow('Another backup');
    lock?.[Symbol.dispose]();
    await makeBackup({ library: server.composition, folder: copy });
  });

  it('does not go into the library’s own folder, nor into one that holds it where its own files go', async () => {
    const { composition, dataDir } = server;
    const link = fresh('link');
    symlinkSync(dataDir, link);
    const before = readdirSync(dataDir).sort();
    for (const own of [dataDir, path.join(dataDir, 'backups'), link, path.join(link, 'a', 'b')]) {
      await expect(makeBackup({ library: composition, folder: own }), own).rejects.toThrow('data folder');
    }
    const around = fresh('around');
    mkdirSync(around);
    symlinkSync(path.dirname(dataDir), path.join(around, 'backups'));
    await expect(makeBackup({ library: composition, folder: around })).rejects.toThrow('data folder');
    expect(readdirSync(dataDir).sort()).toEqual(before);
  });

  it('is the newest by its moment: what an operator named otherwise is none', async () => {
    const { copy, place } = copyOf();
    cpSync(place, path.join(copy, 'backups', 'yesterday, before the upgrade'), { recursive: true });
    mkdirSync(path.join(copy, 'backups', '2999-01-01T00-00-00.000Z'));
    expect((await restoreBackup({ folder: copy, into: fresh('restored') })).name).toBe(path.basename(place));
  });

  it('does not lose a copy that earlier ones share when the library has nothing better', async () => {
    await using broken = await startServer(stored('disk'));
    const id = await broken.create('/api/clients', { name: 'Broken' });
    const { sha256 } = await upload(broken, id, 11);
    const of = fresh('shared');
    await makeBackup({ library: broken.composition, folder: of });
    const shard = path.join('blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    rmSync(path.join(broken.dataDir, shard));
    // Cut short: some of a film may be better than none.
    appendFileSync(path.join(of, shard), 'x');
    const { problems } = await makeBackup({ library: broken.composition, folder: of });
    expect(problems).toHaveLength(1);
    expect(existsSync(path.join(of, shard))).toBe(true);
  });

  it('tells which bytes the library had lost, and is restored without them only where somebody says so', async () => {
    await using broken = await startServer(stored('disk'));
    const id = await broken.create('/api/clients', { name: 'Broken' });
    const { id: lost, sha256 } = await upload(broken, id, 9);
    const { id: kept } = await upload(broken, id, 10);
    rmSync(path.join(broken.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
    const of = fresh('broken');
    const made = await makeBackup({ library: broken.composition, folder: of });
    expect(made.problems).toEqual([{ sha256, problem: expect.any(String) }]);
    expect(made.manifest.missing).toEqual(made.problems);
    expect(await refused(of)).toContain('--without-missing');
    const into = fresh('rest');
    await restoreBackup({ folder: of, into, withoutMissing: true });
    const env = { VITRINE_PORT: '0', VITRINE_LOG: 'silent', VITRINE_DATA_DIR: into };
    await using restored = await serve(configFrom(envSchema.parse(env)), { background: false });
    const ask = (asset: string) =>
      fetch(new URL(`/api/v2/assets/${asset}`, restored.url), { headers: { 'x-api-key': broken.owner.key } });
    expect((await ask(kept)).status).toBe(200);
    expect(await (await ask(lost)).json()).toMatchObject({ code: 'damaged' });
    expect((await restored.composition.services.audit.verify()).ok).toBe(true);
  });

  it('goes into a folder that is empty, or not there, and into no other', async () => {
    const into = fresh('full');
    await restoreBackup({ folder, into });
    await expect(restoreBackup({ folder, into })).rejects.toThrow('is not empty');
    await expect(restoreBackup({ folder: fresh('none'), into: fresh('x') })).rejects.toThrow(
      'It has none that is whole',
    );
    await expect(restoreBackup({ folder, name: 'yesterday', into: fresh('x') })).rejects.toThrow(
      'There is no backup yesterday',
    );
  });
});

function tryParse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}

describe('a backup of a library on PostgreSQL', () => {
  it('comes back in an empty database, with every byte, and not in one that holds something', async () => {
    await using postgres = await startPostgres();
    const folder = fresh('backup');
    let known: Known[];
    let key: string;
    {
      await using server = await startServer({ VITRINE_DATABASE_URL: postgres.url });
      key = server.owner.key;
      const clientId = await server.create('/api/clients', { name: 'Northwind' });
      known = await Promise.all([1, 2, 3, 4].map((seed) => upload(server, clientId, seed)));
      const made = await makeBackup({ library: server.composition, folder });
      expect(made).toMatchObject({
        copied: 4,
        problems: [],
        manifest: { database: { dialect: 'postgres' } },
      });
    }
    const into = fresh('restored');
    await expect(restoreBackup({ folder, into })).rejects.toThrow('--database-url');
    await expect(restoreBackup({ folder, into, databaseUrl: postgres.url })).rejects.toThrow('is not empty');
    await emptyPostgres(postgres.url);

    const blobs = path.join(folder, 'blobs');
    const [first] = readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const rotten = path.join(first?.parentPath ?? '', first?.name ?? '');
    const bytes = readFileSync(rotten);
    writeFileSync(rotten, 'other');
    await expect(restoreBackup({ folder, into, databaseUrl: postgres.url })).rejects.toThrow(
      '1 files of the backup',
    );
    expect(await isEmptyPostgres(postgres.url)).toBe(true);
    writeFileSync(rotten, bytes);

    await restoreBackup({ folder, into, databaseUrl: postgres.url });
    const env = {
      VITRINE_PORT: '0',
      VITRINE_LOG: 'silent',
      VITRINE_DATA_DIR: into,
      VITRINE_DATABASE_URL: postgres.url,
    };
    await using restored = await serve(configFrom(envSchema.parse(env)), { background: false });
    const get = (address: string) => fetch(new URL(address, restored.url), { headers: { 'x-api-key': key } });
    expect(await wrongIn(get, known)).toEqual([]);
  }, 60_000);
});

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Asset, assetRenditionsSchema, assetSchema, clientSchema } from '@vitrine/schema';
import { makeFixtures } from '@vitrine/testing';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createOwner, startServerProcess } from './server-process.ts';
import { formOf } from './small-files.ts';

const wanted = 200;

function rowsOf<T>(dataDir: string, sql: string): T[] {
  const db = new Sqlite(path.join(dataDir, 'vitrine.sqlite'), { readonly: true });
  try {
    return db.prepare<[], T>(sql).all();
  } finally {
    db.close();
  }
}

const countOf = (dataDir: string, table: string) =>
  rowsOf<{ count: number }>(dataDir, `select count(*) as count from ${table}`)[0]?.count ?? 0;

/** Every file below a folder, by its SHA-256. */
async function hashesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(
        async (file) =>
          [
            file,
            createHash('sha256')
              .update(await readFile(file))
              .digest('hex'),
          ] as const,
      ),
    ),
  );
}

it('makes every rendition once, however often the server is killed while it makes them', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-kill-'));
  const dataDir = path.join(folder, 'data');
  try {
    const { key } = await createOwner(dataDir);
    const headers = { 'x-api-key': key };
    const settings = { VITRINE_RATE_LIMIT: '0', VITRINE_BLOB_INLINE_MAX: '0' };
    const everything = await makeFixtures(path.join(folder, 'files'));
    // Of a locked PDF nothing can be made.
    const fixtures = everything.filter(({ variant }) => variant !== 'encrypted');
    const assets: Asset[] = [];
    let planned = 0;

    let server = await startServerProcess({ dataDir, settings });
    const json = { ...headers, 'content-type': 'application/json' };
    const made = await fetch(`${server.url}/api/clients`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name: 'Northwind' }),
    });
    const { id: clientId } = clientSchema.parse(await made.json());
    for (let turn = 0; planned < wanted; turn += 1) {
      const fixture = fixtures[turn % fixtures.length];
      if (!fixture) throw new Error('There are no fixtures.');
      const parts = [
        { name: 'clientId', value: clientId },
        { name: 'file', value: await readFile(fixture.path), fileName: path.basename(fixture.path) },
      ];
      const answer = await fetch(`${server.url}/api/v2/upload-asset`, {
        method: 'POST',
        headers,
        body: formOf(parts),
      });
      const asset = assetSchema.parse(await answer.json());
      assets.push(asset);
      const overview = await fetch(`${server.url}/api/v2/assets/${asset.id}/renditions`, { headers });
      planned += assetRenditionsSchema.parse(await overview.json()).items.length;
    }

    // Killed three times, each time after some more were made.
    for (let kill = 1; kill <= 3; kill += 1) {
      const enough = Math.floor((planned * kill) / 5);
      while (countOf(dataDir, 'renditions') < enough) await sleep(5);
      process.kill(server.pid, 'SIGKILL');
      await sleep(50);
      expect(countOf(dataDir, 'renditions')).toBeLessThan(planned);
      server = await startServerProcess({ dataDir, settings });
    }
    for (const end = Date.now() + 90_000; countOf(dataDir, 'renditions') < planned && Date.now() < end; )
      await sleep(200);

    for (const { id } of assets) {
      const answer = await fetch(`${server.url}/api/v2/assets/${id}/renditions`, { headers });
      const { items } = assetRenditionsSchema.parse(await answer.json());
      expect(items.filter(({ rendition }) => rendition.state !== 'ready')).toEqual([]);
    }
    await sleep(500);
    expect(rowsOf(dataDir, "select name, state, error from jobs where state <> 'done'")).toEqual([]);
    const twice = 'select 1 from renditions group by asset_id, version, preset having count(*) > 1';
    expect(rowsOf(dataDir, twice)).toEqual([]);
    await server[Symbol.asyncDispose]();

    // Every stored byte is what its name says: originals and renditions alike.
    const blobs = await hashesBelow(path.join(dataDir, 'blobs'));
    for (const [file, hash] of blobs) expect(path.basename(file)).toBe(hash);
    const stored = new Set(blobs.values());
    expect(assets.filter(({ sha256 }) => !stored.has(sha256))).toEqual([]);
    expect(existsSync(path.join(dataDir, 'vitrine.sqlite'))).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 240_000);

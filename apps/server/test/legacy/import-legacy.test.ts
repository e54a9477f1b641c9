import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buffer } from 'node:stream/consumers';
import type { LegacyReport } from '@vitrine/core';
import { openLegacyLibrary } from '@vitrine/legacy';
import {
  assetIdSchema,
  campaignIdSchema,
  clientIdSchema,
  sha256Schema,
  unassignedClientId,
} from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonRequest, startServer, type TestServer } from '../start-server.ts';
import {
  makeOldLibrary,
  type OldLibrary,
  type OldRow,
  oldGenerations,
  oldPassword,
  unassigned,
} from './old-library.ts';

const root = mkdtempSync(path.join(tmpdir(), 'vitrine-legacy-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = () => mkdtempSync(path.join(root, 'old-'));

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function importInto(
  { composition, dataDir }: TestServer,
  { file, files }: Pick<OldLibrary, 'file' | 'files'>,
  dryRun = false,
): Promise<LegacyReport> {
  using source = openLegacyLibrary({ file, files, workFolder: dataDir });
  return await composition.services.legacy.run({ source, dryRun });
}

/** Every row of every table. */
function everythingIn({ dataDir }: TestServer): string {
  const db = new Sqlite(path.join(dataDir, 'vitrine.sqlite'), { readonly: true });
  try {
    const tables = db
      .prepare<[], string>("select name from sqlite_master where type = 'table'")
      .pluck()
      .all();
    return JSON.stringify(tables.map((table) => [table, db.prepare(`select * from "${table}"`).all()]));
  } finally {
    db.close();
  }
}

/** What lies in a folder, to the last byte and moment. */
const contentOf = (place: string) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file, statSync(file).mtimeMs, hashOf(readFileSync(file))]);

const clientOf = (row: OldRow) => (row.clientId === unassigned ? unassignedClientId : row.clientId);

/** Looks up what each row has become, and whether that is what it had to. */
async function assertAccounted(
  server: TestServer,
  report: LegacyReport,
  { rows }: OldLibrary,
): Promise<void> {
  const { database, blobs } = server.composition;
  const became = new Map(report.rows.map((row) => [`${row.table} ${row.key.split(' ')[0]}`, row]));
  expect(report.rows).toHaveLength(rows.length);
  expect(became.size).toBe(rows.length);
  const wrong: unknown[] = [];
  for (const row of rows) {
    const is = became.get(`${row.table} ${row.key}`);
    if (is?.outcome !== row.outcome) wrong.push({ row, is });
    if (row.outcome !== 'imported' || row.sha256 === null) continue;
    const asset = await database.read((readers) => readers.assets.find(assetIdSchema.parse(row.key)));
    const found = { clientId: asset?.clientId, campaignId: asset?.campaignId, sha256: asset?.sha256 };
    const wanted = { clientId: clientOf(row), campaignId: row.campaignId, sha256: row.sha256 };
    if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push({ row, found });
    const bytes = await blobs.storeFor(1).open(sha256Schema.parse(row.sha256));
    if (hashOf(await buffer(bytes)) !== row.sha256) wrong.push({ row, bytes: 'are others' });
  }
  expect(wrong).toEqual([]);
}

describe('importing the old system', () => {
  it.each(oldGenerations)(
    'accounts for every row of the generation `%s`, and a second run changes nothing',
    async (generation) => {
      await using server = await startServer();
      const old = await makeOldLibrary({ folder: folder(), generation, assets: 110, orphans: 60 });
      const before = contentOf(path.dirname(old.file));
      const report = await importInto(server, old);
      await assertAccounted(server, report, old);
      expect(report.settled).toBe(old.rows.length);
      // Every id of the old system is one here.
      expect(report.notes.id_changed).toBeUndefined();
      for (const { rows, outcomes } of report.tables) {
        expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(rows);
      }
      const kept = old.rows.filter(({ outcome }) => outcome === 'quarantined');
      expect(report.needsPerson).toMatchObject({
        quarantined: kept.length,
        missingBytes: old.rows.filter(({ outcome }) => outcome === 'missing_bytes').length,
        changedSince: 0,
      });
      for (const { sha256 } of kept) {
        if (sha256 === null) continue;
        const file = path.join(server.dataDir, 'quarantine', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
        expect(hashOf(readFileSync(file))).toBe(sha256);
      }

      const all = everythingIn(server);
      const again = await importInto(server, old);
      expect(again.settled).toBe(0);
      expect(again.needsPerson).toEqual(report.needsPerson);
      expect(everythingIn(server)).toBe(all);
      expect(contentOf(path.dirname(old.file))).toEqual(before);
      expect(await server.leftovers()).toMatchObject({ staging: 0 });
    },
  );

  it('says in a dry run what it will do, and changes nothing', async () => {
    await using server = await startServer();
    const old = await makeOldLibrary({ folder: folder(), generation: 'blobs', assets: 60, orphans: 20 });
    const all = everythingIn(server);
    const dry = await importInto(server, old, true);
    expect(everythingIn(server)).toBe(all);
    expect(await server.leftovers()).toMatchObject({ staging: 0, blobs: 0 });
    const real = await importInto(server, old);
    const plain = ({ rows }: LegacyReport) =>
      rows.map(({ table, key, outcome, targetId, notes }) => ({
        table,
        key,
        outcome,
        targetId,
        notes: notes.map(({ code }) => code),
      }));
    expect(plain(real)).toEqual(plain(dry));
    expect(real.needsPerson).toEqual(dry.needsPerson);
  });

  it('takes over what people wrote, and keeps what it does not understand', async () => {
    await using server = await startServer();
    const old = await makeOldLibrary({ folder: folder(), generation: 'files', assets: 20, orphans: 0 });
    await importInto(server, old);
    const { database } = server.composition;
    const keys = (table: string) => old.rows.filter((row) => row.table === table).map(({ key }) => key);
    const clients = await database.read((readers) =>
      Promise.all(keys('clients').map((key) => readers.clients.find(clientIdSchema.parse(key)))),
    );
    expect(clients[0]).toMatchObject({
      userId: '1',
      name: 'Client 0 “东京”',
      brandGuidelines: {
        colors: ['#0F4C81', '#ffffff'],
        fonts: ['Inter'],
        styleKeywords: ['calm'],
        documentUrls: ['https://old.example/a.pdf'],
      },
      createdAt: '2023-04-05T06:07:08.000Z',
      updatedAt: '2023-05-06T07:08:09.000Z',
    });
    expect(clients[0]?.description).toBe(
      'A brand.\n\nHomepage: https://client.example\n\nAlso in the brand guidelines: navy; /b.pdf',
    );
    expect(clients[1]?.brandGuidelines).toEqual({ colors: ['#000000'], fonts: [], styleKeywords: ['warm'] });
    expect(clients[1]?.description).toBe(
      'A brand.\n\nAlso in the brand guidelines: {"primary":"#000000"}\n\nRestrictions: no red\n\nExamples: {"url":"x"}',
    );
    expect(clients[2]?.description).toBe('A brand.\n\nBrand guidelines: Use blue. Never red.');
    const campaigns = await database.read((readers) =>
      Promise.all(keys('campaigns').map((key) => readers.campaigns.find(campaignIdSchema.parse(key)))),
    );
    expect(campaigns[0]).toMatchObject({
      status: 'active',
      goal: 'More\n\nProduct: https://product.example',
      brief: { objective: 'Sell', targetAudience: 'Everybody', keyMessages: ['Now'] },
    });
    expect(campaigns[2]).toMatchObject({ status: 'archived', brief: { objective: 'Just sell it.' } });
    expect(campaigns[4]).toMatchObject({ status: 'draft', brief: { objective: '{"broken":' } });
    const [kept] = await database.read((readers) =>
      readers.legacy.list({ table: 'clients', after: null, limit: 1 }),
    );
    expect(kept?.notes.length).toBeGreaterThan(0);
  });

  it('says of each lie what the row said and what the bytes say', async () => {
    await using server = await startServer();
    const old = await makeOldLibrary({ folder: folder(), generation: 'files', assets: 30, orphans: 0 });
    const report = await importInto(server, old);
    const of = (index: number) => report.rows.filter(({ table }) => table === 'assets')[index]?.notes ?? [];
    // Row 12: 0 × 0. Row 8: called a document. Row 9: called a program.
    expect(of(12)).toContainEqual(
      expect.objectContaining({ code: 'corrected', field: 'width', old: 0, new: 40 }),
    );
    expect(of(8)).toContainEqual(
      expect.objectContaining({ code: 'corrected', field: 'type', old: 'document', new: 'image' }),
    );
    expect(of(9)).toContainEqual(
      expect.objectContaining({ code: 'corrected', field: 'format', old: 'exe', new: 'png' }),
    );
  });

  it('completes a row whose bytes are found later', async () => {
    await using server = await startServer();
    const old = await makeOldLibrary({ folder: folder(), generation: 'files', assets: 10, orphans: 0 });
    const row = old.rows.find(({ table, outcome }) => table === 'assets' && outcome === 'imported');
    const name = readdirSync(old.files).find((one) => one.startsWith(row?.key ?? ' '));
    const [there, away] = [path.join(old.files, name ?? ''), path.join(root, 'away')];
    renameSync(there, away);
    const first = await importInto(server, old);
    expect(first.needsPerson.missingBytes).toBe(1);
    const all = everythingIn(server);
    expect((await importInto(server, old)).settled).toBe(0);
    expect(everythingIn(server)).toBe(all);
    renameSync(away, there);
    const second = await importInto(server, old);
    expect(second).toMatchObject({ settled: 1, needsPerson: { missingBytes: 0 } });
    await assertAccounted(server, second, old);
  });

  it('lets people in with the password that they had, and keeps it as ours from then on', async () => {
    await using server = await startServer();
    await importInto(
      server,
      await makeOldLibrary({ folder: folder(), generation: 'files', assets: 1, orphans: 0 }),
    );
    const stored = (id: string) => {
      using rows = new DatabaseSync(path.join(server.dataDir, 'vitrine.sqlite'), { readOnly: true });
      return rows.prepare('select password from accounts where user_id = ?').get(id)?.['password'];
    };
    const signIn = (email: string, password: string) =>
      server.request('/api/auth/sign-in/email', {
        ...jsonRequest('POST', { email, password }),
        headers: { 'content-type': 'application/json', origin: server.url },
        key: null,
      });
    expect((await signIn('user2@old.example', 'wrong password')).status).toBe(401);
    expect(stored('2')).toBe(oldPassword.hash);
    expect((await signIn('user2@old.example', oldPassword.password)).status).toBe(200);
    expect(stored('2')).not.toMatch(/^\$2/);
    expect((await signIn('user2@old.example', oldPassword.password)).status).toBe(200);
    expect((await signIn('user2@old.example', 'wrong password')).status).toBe(401);
    expect((await signIn('user3@old.example', oldPassword.password)).status).toBe(403);
  });

  it('reads a database that was left in the middle of its work, and writes nothing beside it', async () => {
    await using server = await startServer();
    const old = await makeOldLibrary({ folder: folder(), generation: 'files', assets: 5, orphans: 0 });
    // Its writer is still there, and what it wrote last is in the write-ahead log alone.
    const writer = new Sqlite(old.file);
    writer.pragma('journal_mode = WAL');
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec(
      "insert into clients (id, name) values ('5f0c6e2a-0000-4000-8000-000000000001', 'In the log')",
    );
    const before = contentOf(path.dirname(old.file));
    const report = await importInto(server, old);
    expect(report.tables.find(({ table }) => table === 'clients')?.rows).toBe(5);
    expect(contentOf(path.dirname(old.file))).toEqual(before);
    writer.close();
  });

  it('notices a row that was changed after it had been imported, and leaves what is here alone', async () => {
    await using server = await startServer();
    const old = await makeOldLibrary({ folder: folder(), generation: 'files', assets: 5, orphans: 0 });
    await importInto(server, old);
    const db = new Sqlite(old.file);
    db.exec("update clients set name = 'Renamed there' where rowid = 1");
    db.close();
    const all = everythingIn(server);
    const again = await importInto(server, old);
    expect(again.needsPerson.changedSince).toBe(1);
    expect(everythingIn(server)).toBe(all);
  });

  it('refuses what is no database of the old system, and one of Vitrine’s own', async () => {
    await using server = await startServer();
    const place = folder();
    const open = (file: string) => () => openLegacyLibrary({ file, files: null, workFolder: place });
    expect(open(path.join(place, 'none.db'))).toThrow('There is no file');
    expect(open(path.join(import.meta.dirname, 'old-bytes.ts'))).toThrow('is no SQLite database');
    expect(open(path.join(server.dataDir, 'vitrine.sqlite'))).toThrow('is a library of Vitrine');
    const other = new Sqlite(path.join(place, 'other.db'));
    other.exec('create table assets (id text, shape text)');
    other.close();
    expect(open(path.join(place, 'other.db'))).toThrow("The table 'assets' has no column 'name'");
  });
});

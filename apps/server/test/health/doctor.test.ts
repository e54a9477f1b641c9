import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HealthFinding } from '@vitrine/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, smallPng } from '../small-files.ts';
import { startServer, type TestServer } from '../start-server.ts';

describe('a full examination', () => {
  let server: TestServer;
  let clientId: string;
  beforeAll(async () => {
    server = await startServer({ VITRINE_BLOB_INLINE_MAX: '0' });
    clientId = await server.create('/api/clients', { name: 'Northwind' });
    const campaignId = await server.create('/api/campaigns', { clientId, name: 'Spring' });
    for (const [seed, place] of [{ campaignId }, {}, {}].entries()) {
      const parts = Object.entries({ clientId, ...place }).map(([name, value]) => ({ name, value }));
      const file = { name: 'file', value: await smallPng(seed), fileName: `picture-${seed}.png` };
      const body = formOf([...parts, file]);
      const answer = await server.request('/api/v2/upload-asset', { method: 'POST', body });
      expect(answer.status).toBe(201);
    }
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const examine = () => server.composition.services.examiner.examine({ bytesPerSecond: 0 });
  const repair = () => server.composition.services.repairer.repair();
  const wrong = async (): Promise<Partial<HealthFinding>[]> =>
    (await examine()).filter(({ state }) => state !== 'well');

  it('finds nothing in a library that only the product wrote', async () => {
    expect(await wrong()).toEqual([]);
  });

  it('finds counters that are no sums, and a repair counts again', async () => {
    server.sql("update client_counters set count = count + 5, bytes = 1 where type = 'image'");
    server.sql("update campaign_counters set count = 7 where type = 'video'");
    expect(await wrong()).toMatchObject([{ what: 'counters', state: 'ill', count: 2 }]);
    expect(await repair()).toMatchObject({ counters: 2 });
    expect(await wrong()).toEqual([]);
    expect(await repair()).toMatchObject({ counters: 0 });
  });

  it('names what it could not look at, and looks at the rest', async () => {
    server.sql('update client_counters set count = count + 5');
    server.sql('alter table campaign_counters rename to elsewhere');
    const found = await examine();
    server.sql('alter table elsewhere rename to campaign_counters');
    expect(found.filter(({ state }) => state !== 'well')).toMatchObject([
      { what: 'counters', state: 'ill', detail: expect.stringContaining('could not be looked at') },
    ]);
    expect(found).toHaveLength(10);
    await repair();
  });

  it('finds used bytes that are marked as unused, and a repair takes the mark off', async () => {
    server.sql(
      'update blobs set unreferenced_at = 5 where sha256 in (select sha256 from asset_versions limit 2)',
    );
    expect(await wrong()).toMatchObject([{ what: 'references', state: 'ill', count: 2 }]);
    expect(await repair()).toMatchObject({ unmarked: 2 });
    expect(await wrong()).toEqual([]);
  });

  it('finds bytes that belong to nothing, and a repair gives them to the collector without deleting them', async () => {
    const sha256 = randomBytes(32).toString('hex');
    const folder = path.join(server.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4));
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, sha256), 'whose am I');
    expect(await wrong()).toMatchObject([
      { what: 'bytes without a row', state: 'poorer', count: 1, examples: [`disk: ${sha256}`] },
    ]);
    const before = await server.leftovers();
    expect(await repair()).toMatchObject({ strays: 1 });
    expect(await server.leftovers()).toEqual(before);
    const found = await examine();
    expect(found.find(({ what }) => what === 'bytes without a row')?.count).toBe(0);
    // They are other bytes than their name says, but nobody has anything to lose.
    expect(found.find(({ what }) => what === 'stored bytes')?.count).toBe(0);
    server.sql(`delete from blobs where sha256 = '${sha256}'`);
  });

  it('finds rows without bytes, missing lines of the audit log and broken references', async () => {
    server.sql(`
      pragma foreign_keys = off;
      update asset_versions set size = size + 1 where asset_id = (select min(id) from assets);
      insert into campaigns select 'c0ffee00-0000-7000-8000-000000000000', 'c0ffee00-0000-7000-8000-000000000001',
        name, goal, status, brief, created_at, updated_at, row_version from campaigns limit 1;
    `);
    const found = await wrong();
    expect(found.map(({ what, count }) => [what, count])).toEqual(
      expect.arrayContaining([
        ['rows without bytes', 1],
        ['audit log, completeness', 1],
        ['database, integrity', 1],
      ]),
    );
    expect(found.find(({ what }) => what === 'database, integrity')?.examples).toEqual([
      expect.stringContaining('campaigns: row'),
    ]);
  });
});

import path from 'node:path';
import { encodeCursor } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type SeededLibrary, seedLibrary } from './seed-library.ts';
import { startServer, type TestServer, type TestUser } from './start-server.ts';

const assets = 100_000;
const pageSchema = z.object({
  items: z.array(z.object({ id: z.string(), uploadedAt: z.string() })),
  nextCursor: z.string().nullable(),
  total: z.number().nullable(),
});
type Filter = Readonly<Record<string, string | number>>;

describe('the pages of a library of 100,000 assets', () => {
  let server: TestServer;
  let library: SeededLibrary;
  let member: TestUser;
  let raw: Sqlite.Database;
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');

  beforeAll(async () => {
    server = await startServer();
    const file = path.join(server.dataDir, 'vitrine.sqlite');
    library = seedLibrary({ file, ownerId: server.owner.id, assets });
    member = await server.addUser('member');
    raw = new Sqlite(file, { readonly: true });
  }, 120_000);
  afterAll(async () => {
    prepare.mockRestore();
    raw?.close();
    await server?.[Symbol.asyncDispose]();
  });

  async function page(procedure: 'list' | 'tiles', input: Filter, key = server.owner.key) {
    const address = `/trpc/asset.${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
    const answer = await server.request(address, { key });
    expect(answer.status).toBe(200);
    return z.object({ result: z.object({ data: pageSchema }) }).parse(await answer.json()).result.data;
  }

  /** The filters that a grid can have without words and tags. */
  const filters = (): Record<string, Filter> => {
    const [clientId = ''] = library.clientIds;
    const campaignId = z
      .object({ id: z.string() })
      .parse(raw.prepare('select id from campaigns where client_id = ?').get(clientId)).id;
    return {
      'the whole library': {},
      'a client': { clientId },
      'a campaign': { campaignId },
      'a kind': { type: 'video' },
      'a kind of a client': { clientId, type: 'video' },
    };
  };

  /** Where the last page of this size begins: behind this position. */
  function beforeLastPage(filter: Filter, size: number): string {
    const columns = { clientId: 'client_id', campaignId: 'campaign_id', type: 'type' };
    const conditions = Object.entries(columns).flatMap(([name, column]) =>
      name in filter ? [`and ${column} = @${name}`] : [],
    );
    const row = raw
      .prepare(
        `select uploaded_at as at, id from assets where trashed_at is null ${conditions.join(' ')}
         order by uploaded_at, id limit 1 offset ${size}`,
      )
      .get(filter);
    return encodeCursor(z.object({ at: z.number(), id: z.string() }).parse(row) as never);
  }

  /** The texts of lists that were prepared while the work ran. */
  async function listsPreparedBy(work: () => Promise<unknown>): Promise<string[]> {
    prepare.mockClear();
    await work();
    return prepare.mock.calls.map(([text]) => text).filter((text) => /from "assets".*order by/s.test(text));
  }

  /** How SQLite goes about a statement: one line for each step. */
  function planOf(statement: string): string[] {
    const values = Array.from(statement.matchAll(/\?/g), () => null);
    const rows = raw.prepare(`explain query plan ${statement}`).all(...values);
    return z.array(z.object({ detail: z.string() })).parse(rows).map(({ detail }) => detail);
  }

  it('come newest first, and walking them by cursor meets every asset exactly once', async () => {
    const wanted = z
      .array(z.string())
      .parse(raw.prepare('select id from assets order by uploaded_at desc, id desc').pluck().all());
    const met: string[] = [];
    let cursor: string | null = null;
    do {
      const answer: z.output<typeof pageSchema> = await page('tiles', {
        limit: 100,
        ...(cursor !== null && { cursor }),
      });
      expect(answer.total).toBe(assets);
      met.push(...answer.items.map(({ id }) => id));
      cursor = answer.nextCursor;
    } while (cursor !== null);
    expect(wanted).toHaveLength(assets);
    expect(met).toEqual(wanted);
  }, 120_000);
});

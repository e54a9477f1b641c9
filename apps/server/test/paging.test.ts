import path from 'node:path';
import { assetIdSchema, encodeCursor } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type SeededLibrary, seedLibrary } from './seed-library.ts';
import { startServer, type TestServer } from './start-server.ts';

const assets = 100_000;
const pageSchema = z.object({
  items: z.array(z.object({ id: z.string(), uploadedAt: z.string() })),
  nextCursor: z.string().nullable(),
  total: z.number().nullable(),
});
type Procedure = 'list' | 'tiles';
type Filter = Readonly<Record<string, string | number>>;

/** How a server that was just started lists something. */
interface Listed {
  readonly what: string;
  readonly procedure: Procedure;
  readonly filter: Filter;
  readonly first: string;
  readonly behindCursor: string;
}

describe('the pages of a library of 100,000 assets', () => {
  let server: TestServer;
  let library: SeededLibrary;
  let raw: Sqlite.Database;
  const listed: Listed[] = [];
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');

  beforeAll(async () => {
    server = await startServer();
    const file = path.join(server.dataDir, 'vitrine.sqlite');
    library = seedLibrary({ file, ownerId: server.owner.id, assets });
    raw = new Sqlite(file, { readonly: true });
    for (const [name, filter] of Object.entries(filters())) {
      for (const procedure of ['list', 'tiles'] as const) {
        const statements = await statementsOf(procedure, filter);
        listed.push({ what: `${procedure} of ${name}`, procedure, filter, ...statements });
      }
    }
  }, 120_000);
  afterAll(async () => {
    prepare.mockRestore();
    raw?.close();
    await server?.[Symbol.asyncDispose]();
  });

  async function page(procedure: Procedure, input: Filter) {
    const address = `/trpc/asset.${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
    const answer = await server.request(address);
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

  /** The cursor behind which the last 50 assets lie. */
  function beforeLastPage(filter: Filter): string {
    const columns = { clientId: 'client_id', campaignId: 'campaign_id', type: 'type' };
    const conditions = Object.entries(columns).flatMap(([name, column]) =>
      name in filter ? [`and ${column} = @${name}`] : [],
    );
    const row = raw
      .prepare(
        `select uploaded_at as at, id from assets where trashed_at is null ${conditions.join(' ')}
         order by uploaded_at, id limit 1 offset 50`,
      )
      .get(filter);
    return encodeCursor(z.object({ at: z.number(), id: assetIdSchema }).parse(row));
  }

  /** The lists among the statements that were prepared since the spy was last cleared. */
  const listsPrepared = () =>
    prepare.mock.calls.map(([text]) => text).filter((text) => /from "assets".*order by/s.test(text));

  /** Asks for the first page and the one behind it, and answers the two statements that this prepared. */
  async function statementsOf(procedure: Procedure, filter: Filter) {
    prepare.mockClear();
    const { nextCursor } = await page(procedure, filter);
    await page(procedure, { ...filter, cursor: nextCursor ?? '' });
    const [first, behindCursor, ...more] = listsPrepared();
    if (!first || !behindCursor || more.length > 0)
      throw new Error('A page takes more or less than one statement.');
    return { first, behindCursor };
  }

  /** How SQLite goes about a statement: one line for each step. */
  function planOf(statement: string): string[] {
    const values = Array.from(statement.matchAll(/\?/g), () => null);
    const rows = raw.prepare(`explain query plan ${statement}`).all(...values);
    return z
      .array(z.object({ detail: z.string() }))
      .parse(rows)
      .map(({ detail }) => detail);
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

  it('are found by walking an index, never by sorting, at the first page and behind a cursor', () => {
    for (const { what, first, behindCursor } of listed) {
      const plan = planOf(first);
      const planBehindCursor = planOf(behindCursor);
      const [, index] = /^SEARCH assets USING INDEX (assets_\w+) \(/.exec(plan[0] ?? '') ?? [];
      expect(index, what).toBeTypeOf('string');
      // The same walk, begun further down: the position is a bound of the index and not a condition on each row.
      expect(planBehindCursor[0], what).toContain(`SEARCH assets USING INDEX ${index} (`);
      expect(planBehindCursor[0], what).toContain('(uploaded_at,id)<(?,?))');
      expect([...plan, ...planBehindCursor].join('\n'), what).not.toMatch(/TEMP B-TREE|SCAN/);
    }
    expect(listed).toHaveLength(10);
  });

  it('are read by one statement behind every cursor, up to the last page', async () => {
    for (const { what, procedure, filter } of listed) {
      prepare.mockClear();
      const { items, nextCursor } = await page(procedure, { ...filter, cursor: beforeLastPage(filter) });
      expect({ what, items: items.length, nextCursor }).toEqual({ what, items: 50, nextCursor: null });
      expect(listsPrepared(), what).toEqual([]);
    }
  });
});

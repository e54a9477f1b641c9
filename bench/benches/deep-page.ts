import type { AssetQuery } from '@vitrine/core';
import { openSqliteDatabase } from '@vitrine/db';
import { assetIdSchema, clientIdSchema, encodeCursor, type PagePosition } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import type { Bench, BenchContext } from '../lib/bench.ts';
import { type Comparison, compare } from '../lib/comparison.ts';
import { createKeptAliveClient } from '../lib/kept-alive-client.ts';
import { measureRounds, type Sample, type Samples } from '../lib/measure-rounds.ts';
import { processorTimeOf } from '../lib/processor-time.ts';
import { type Library, openSeededLibrary } from '../lib/seeded-library.ts';
import { startVitrine } from '../lib/start-vitrine.ts';

const goal = { number: 5, must: 1.2, aim: 1.1 };

interface Position {
  readonly at: number;
  readonly id: string;
}

/** Behind which row the last 50 assets of a client lie. */
function beforeLastPage({ file, clientId }: Library): PagePosition {
  const connection = new Sqlite(file, { readonly: true });
  const row = connection
    .prepare<[string], Position>(
      `select uploaded_at as at, id from assets where client_id = ? and trashed_at is null
       order by uploaded_at, id limit 1 offset 50`,
    )
    .get(clientId);
  connection.close();
  if (!row) throw new Error('The library has less than one page.');
  return { at: row.at, id: assetIdSchema.parse(row.id) };
}

/** One size of library: the first and the last page, through the repository and over HTTP. */
async function measureSize(assets: number, { quick }: BenchContext): Promise<Samples> {
  const library = await openSeededLibrary(assets);
  const after = beforeLastPage(library);
  await using server = await startVitrine(library);
  using client = createKeptAliveClient(server.url, { 'x-api-key': library.key });
  const database = await openSqliteDatabase({ file: library.file });
  const query: AssetQuery = {
    visibility: { kind: 'all' },
    clientId: clientIdSchema.parse(library.clientId),
    limit: 50,
    offset: 0,
  };
  const list = (change: Partial<AssetQuery>) => () =>
    database.read((readers) => readers.assets.list({ ...query, ...change }));
  const over = (cursor: object) => {
    const input = JSON.stringify({ clientId: library.clientId, limit: 50, ...cursor });
    return () => client.get(`/trpc/asset.list?input=${encodeURIComponent(input)}`);
  };
  const calls = quick ? 20 : 300;
  const processorTime = () => processorTimeOf(server.pid);
  const name = assets.toLocaleString('en');
  try {
    return await measureRounds(
      [
        { name: `first page of ${name}, repository`, calls, call: list({}) },
        { name: `last page of ${name} by cursor, repository`, calls, call: list({ after }) },
        {
          name: `middle page of ${name} by offset, repository`,
          calls: quick ? 2 : 4,
          // Two of five assets are the client's.
          call: list({ offset: assets / 5 }),
        },
        { name: `first page of ${name} over HTTP`, calls, call: over({}), processorTime },
        {
          name: `last page of ${name} by cursor over HTTP`,
          calls,
          call: over({ cursor: encodeCursor(after) }),
          processorTime,
        },
      ],
      quick ? 3 : 9,
    );
  } finally {
    await database.close();
  }
}

function comparisonsOf(samples: Samples, assets: number): Comparison[] {
  const name = assets.toLocaleString('en');
  const first = `first page of ${name}, repository`;
  const pair = (road: string, measure: keyof Sample) =>
    compare(samples, {
      what: `last page of ${name} by cursor${road}`,
      control: `first page of ${name}${road}`,
      measure,
      goal,
    });
  return [
    pair(', repository', 'wall'),
    pair(' over HTTP', 'wall'),
    compare(samples, {
      what: `middle page of ${name} by offset, repository`,
      control: first,
      measure: 'wall',
    }),
  ];
}

/** Goal 5. */
export const deepPage: Bench = {
  name: 'deep-page',
  description:
    'The last 50 assets of the largest client behind a cursor, against its first 50: once through the repository in the process of the bench, which shows the database alone, and once as `asset.list` over HTTP. The page in the middle by offset shows what the cursor saves.',
  async run(context) {
    const [small, large] = context.quick ? [10_000, 20_000] : [100_000, 1_000_000];
    const ofSmall = await measureSize(small, context);
    const ofLarge = await measureSize(large, context);
    return {
      samples: new Map([...ofSmall, ...ofLarge]),
      comparisons: [...comparisonsOf(ofSmall, small), ...comparisonsOf(ofLarge, large)],
    };
  },
};

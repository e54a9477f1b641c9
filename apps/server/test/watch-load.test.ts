import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type ChangeReader, toTimestamp, uuidIds } from '@vitrine/core';
import { clientIdSchema } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { formOf, smallPng } from './small-files.ts';
import { startServer, type TestServer } from './start-server.ts';
import { openWatch } from './watch-events.ts';

/** A server that tells how many batches of changes were read from the database. */
async function startCounting() {
  const count = { batches: 0 };
  const server = await startServer(
    {},
    {
      dependencies: (real) => ({
        ...real,
        database: {
          ...real.database,
          read: (work) =>
            real.database.read((readers) => {
              const after: ChangeReader['after'] = (query) => {
                count.batches += 1;
                return readers.changes.after(query);
              };
              return work({ ...readers, changes: { ...readers.changes, after } });
            }),
        },
      }),
    },
  );
  const clientId = clientIdSchema.parse(await server.create('/api/clients', { name: 'Northwind' }));
  const progress = (done: number, size: number) => ({
    kind: 'job.progress' as const,
    at: toTimestamp(Date.now()),
    clientId,
    campaignId: null,
    assetId: uuidIds.asset(),
    job: 'x'.repeat(size),
    done,
    total: 1_000_000,
  });
  return {
    server,
    clientId,
    count,
    append: (changes: number, size = 1) =>
      server.composition.database.transaction(async (writers) => {
        for (let done = 0; done < changes; done++) await writers.changes.append(progress(done, size));
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function upload(server: TestServer, clientId: string): Promise<void> {
  const parts = [
    { name: 'clientId', value: clientId },
    { name: 'file', value: await smallPng(), fileName: 'harbour.png' },
  ];
  await server.request('/api/v2/upload-asset', { method: 'POST', body: formOf(parts) });
}

describe('watches, many or slow', () => {
  it('hear of an upload within a second when they are a hundred', async () => {
    await using test = await startCounting();
    const { server, clientId } = test;
    const keys = [server.owner.key];
    for (let user = 0; user < 4; user++) keys.push((await server.addUser('admin')).key);
    const watches = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        openWatch(server, { headers: { 'x-api-key': keys[index % 5] ?? '' } }),
      ),
    );
    await Promise.all(watches.map((watch) => watch.next()));
    const heard = Promise.all(watches.map((watch) => watch.next()));
    await upload(server, clientId);
    const acknowledged = performance.now();
    for (const { event } of await heard) {
      expect(event).toMatchObject({ type: 'change', change: { kind: 'asset.created' } });
    }
    expect(performance.now() - acknowledged).toBeLessThan(1000);
    await Promise.all(watches.map((watch) => watch[Symbol.asyncDispose]()));
  });

  it('are read for no faster than the watcher reads, and miss nothing of it', async () => {
    await using test = await startCounting();
    const changes = 6000;
    for (let turn = 0; turn < 6; turn++) await test.append(1000, 10_000);
    const { answer, end } = await new Promise<{
      answer: AsyncIterable<Buffer> & { pause(): void };
      end: () => void;
    }>((resolve, reject) => {
      const sent = httpRequest(
        `${test.server.url}/trpc/change.watch`,
        { headers: { 'x-api-key': test.server.owner.key, 'last-event-id': '0' } },
        (incoming) => resolve({ answer: incoming.pause(), end: () => sent.destroy() }),
      );
      sent.once('error', reject).end();
    });
    await delay(1000);
    const whileStuck = test.count.batches;
    await delay(500);
    // A megabyte each: what the sockets hold, and not a batch more.
    expect(test.count.batches).toBe(whileStuck);
    expect(whileStuck).toBeLessThan(20);

    let done = 0;
    let rest = '';
    for await (const chunk of answer) {
      rest += chunk.toString();
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (/^id: /.test(line)) expect(line).toBe(`id: ${++done}`);
      if (done === changes) break;
    }
    end();
    expect(done).toBe(changes);
  });

  it('hear within two seconds of what another process wrote', async () => {
    await using test = await startCounting();
    await test.append(1);
    await using watch = await openWatch(test.server);
    await watch.next();
    const other = new Sqlite(`${test.server.dataDir}/vitrine.sqlite`);
    other
      .prepare(
        'insert into changes (seq, at, client_id, body) select seq + 1, at, client_id, body from changes order by seq desc limit 1',
      )
      .run();
    other.close();
    const since = performance.now();
    expect((await watch.next()).event).toMatchObject({ change: { kind: 'job.progress' } });
    expect(performance.now() - since).toBeLessThan(2000);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peakResidentBytes } from './resident-memory.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { startServer } from './start-server.ts';

const length = 100_000;
const megabyte = 1024 * 1024;

/** Makes a long log of long events, past the library: an export does not look at hashes. */
function fill(dataDir: string): void {
  const hash = '0'.repeat(64);
  const rows = new Sqlite(path.join(dataDir, 'vitrine.sqlite'));
  rows
    .prepare(
      `with recursive numbers(n) as (
         select 1 + coalesce((select max(seq) from audit_events), 0) union all select n + 1 from numbers where n < ?
       )
       insert into audit_events (seq, at, actor_kind, action, target_type, target_id, after, previous_hash, hash)
       select n, n, 'system', 'client.update', 'client', 'c', json_object('text', ?), ?, ? from numbers`,
    )
    .run(length, 'long '.repeat(200), hash, hash);
  rows.close();
}

describe('an export of a long audit log', () => {
  let dataDir: string;
  let key: string;
  let server: ServerProcess;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'vitrine-export-'));
    {
      await using library = await startServer({ VITRINE_DATA_DIR: dataDir });
      key = library.owner.key;
    }
    fill(dataDir);
    // No room for the log as a whole: a server that collected it would die.
    const nodeOptions = ['--max-old-space-size=128'];
    server = await startServerProcess({ dataDir, settings: { VITRINE_LOG: 'warn' }, nodeOptions });
  }, 60_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });

  const ask = (signal?: AbortSignal) =>
    fetch(`${server.url}/api/audit.jsonl`, {
      headers: { authorization: `Bearer ${key}` },
      ...(signal && { signal }),
    });
  async function countLines({ body }: Response, pauses: number): Promise<{ lines: number; bytes: number }> {
    let [lines, bytes, paused] = [0, 0, 0];
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) lines += 1;
      if (paused < pauses && bytes > paused * 10 * megabyte) {
        paused += 1;
        await delay(200);
      }
    }
    return { lines, bytes };
  }

  it('passes through a little memory, however slowly it is taken', async () => {
    // Once before: the database file is mapped into memory as it is read, and counts.
    await countLines(await ask(), 0);
    const { peak: before } = await peakResidentBytes(server.pid, () => delay(200));
    const began = performance.now();
    const { peak, result } = await peakResidentBytes(server.pid, async () => countLines(await ask(), 8));
    const ms = Math.round(performance.now() - began);
    expect(result.lines).toBe(length);
    expect(result.bytes).toBeGreaterThan(100 * megabyte);
    expect((peak - before) / megabyte).toBeLessThan(64);
    process.stdout.write(
      `${length} events, ${Math.round(result.bytes / megabyte)} MB exported in ${ms} ms, ` +
        `memory ${Math.round((peak - before) / megabyte)} MB more\n`,
    );
  }, 60_000);

  it('ends when whoever asked is gone, and the server goes on', async () => {
    const abort = new AbortController();
    const answer = await ask(abort.signal);
    await answer.body?.getReader().read();
    abort.abort();
    await delay(300);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await countLines(await ask(), 0)).lines).toBe(length);
  }, 60_000);
});

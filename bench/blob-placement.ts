import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { BlobStore, StagedBlob } from '@vitrine/core';
import { sha256Schema } from '@vitrine/schema';
import { createDatabaseBlobStore, createDiskBlobStore, createDiskStaging } from '@vitrine/storage';

/**
 * Durable writes and reads of one blob in the disk and the database store, beside the raw calls, in interleaved rounds on the file
 * system of BENCH_DIR (the temporary directory). Prints the table and writes it to bench/results/blob-placement.md.
 */
const sizes = [1, 4, 16, 64, 100, 256, 512, 1024, 4096, 16384].map((kilobytes) => kilobytes * 1024);
const rounds = 7;

interface Sample {
  /** Milliseconds an operation, of the wall clock. */
  readonly wall: number;
  /** Milliseconds an operation, of the processor, all threads. */
  readonly cpu: number;
}

const directory = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'vitrine-bench-'));
const staging = await createDiskStaging({ directory: join(directory, 'staging'), minFreeBytes: 0 });
const stores = {
  disk: await createDiskBlobStore({ directory: join(directory, 'blobs') }),
  database: await createDatabaseBlobStore({ file: join(directory, 'blobs.sqlite') }),
};
const rawDirectory = join(directory, 'raw');
await mkdir(rawDirectory);

async function measure(times: number, work: (turn: number) => Promise<void>): Promise<Sample> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let turn = 0; turn < times; turn += 1) await work(turn);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall: wall / times, cpu: (user + system) / 1000 / times };
}

async function fsync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
}

async function rawWrite(bytes: Buffer, name: string): Promise<void> {
  const path = join(rawDirectory, name);
  const handle = await open(`${path}.part`, 'wx', 0o600);
  await handle.writeFile(bytes);
  await handle.sync();
  await handle.close();
  await rename(`${path}.part`, path);
  await fsync(rawDirectory);
}

/** What an upload does: receive, put, discard. */
async function store(target: BlobStore, bytes: Buffer): Promise<StagedBlob> {
  const source = Readable.from(pieces(bytes), { objectMode: false });
  const staged = await staging.receive(source, { maxBytes: bytes.length });
  await target.put(staged);
  await staging.discard(staged);
  return staged;
}

/** What a rendition does: its file is there already and can be made again, so it is put without being received. */
async function putFile(target: BlobStore, path: string, bytes: Buffer): Promise<StagedBlob> {
  await writeFile(path, bytes, { mode: 0o600 });
  const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'));
  const staged = { sha256, size: bytes.length, path };
  await target.put(staged);
  await rm(path, { force: true });
  return staged;
}

function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function readOut(source: BlobStore, staged: StagedBlob): Promise<void> {
  let bytes = 0;
  for await (const piece of await source.open(staged.sha256)) bytes += piece.length;
  if (bytes !== staged.size) throw new Error(`Read ${bytes} of ${staged.size} bytes.`);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** `diskNew`: bytes whose directories `aa/bb` do not exist yet; `disk`: they do. `databaseDirect`: put without receiving. */
type Series = Record<'raw' | 'disk' | 'diskNew' | 'database' | 'databaseDirect', Sample[]>;
const series = (): Series => ({ raw: [], disk: [], diskNew: [], database: [], databaseDirect: [] });

async function measureSize(size: number) {
  const writesPerRound = size <= 1_048_576 ? 12 : 3;
  const readsPerRound = size <= 262_144 ? 200 : size <= 1_048_576 ? 50 : 8;
  const writes = series();
  const reads = series();
  const fresh = () => Array.from({ length: writesPerRound }, () => randomBytes(size));
  // The same bytes in every round, deleted in between: round 0 makes their directories.
  const again = fresh();
  // Round 0 warms up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const batches = {
      raw: fresh(),
      disk: again,
      diskNew: fresh(),
      database: fresh(),
      databaseDirect: fresh(),
    };
    const stored: Record<'disk' | 'database', StagedBlob[]> = { disk: [], database: [] };
    const removable: Record<'disk' | 'database', StagedBlob[]> = { disk: [], database: [] };
    const of = (batch: Buffer[], turn: number) => batch[turn % batch.length] ?? Buffer.alloc(0);
    const writers = {
      raw: (turn: number) => rawWrite(of(batches.raw, turn), String(turn)),
      disk: async (turn: number) => void stored.disk.push(await store(stores.disk, of(batches.disk, turn))),
      diskNew: async (turn: number) =>
        void removable.disk.push(await store(stores.disk, of(batches.diskNew, turn))),
      database: async (turn: number) =>
        void stored.database.push(await store(stores.database, of(batches.database, turn))),
      databaseDirect: async (turn: number) =>
        void removable.database.push(
          await putFile(stores.database, join(directory, 'made'), of(batches.databaseDirect, turn)),
        ),
    };
    const readOf = (name: 'disk' | 'database') => async (turn: number) => {
      const staged = stored[name][turn % writesPerRound];
      if (staged) await readOut(stores[name], staged);
    };
    const readers = {
      raw: async (turn: number) => void (await readFile(join(rawDirectory, String(turn % writesPerRound)))),
      disk: readOf('disk'),
      database: readOf('database'),
    };
    const writeOrder = rotate(['raw', 'disk', 'diskNew', 'database', 'databaseDirect'] as const, round);
    for (const name of writeOrder) {
      const sample = await measure(writesPerRound, writers[name]);
      if (round > 0) writes[name].push(sample);
    }
    for (const name of rotate(['raw', 'disk', 'database'] as const, round)) {
      const sample = await measure(readsPerRound, readers[name]);
      if (round > 0) reads[name].push(sample);
    }
    for (let turn = 0; turn < writesPerRound; turn += 1) await rm(join(rawDirectory, String(turn)));
    for (const name of ['disk', 'database'] as const) {
      for (const { sha256 } of [...stored[name], ...removable[name]]) await stores[name].delete(sha256);
    }
  }
  return { size, writes, reads };
}

/** Nobody is always first. */
function rotate<T>(names: readonly T[], by: number): T[] {
  const at = by % names.length;
  return [...names.slice(at), ...names.slice(0, at)];
}

function kilobytes(size: number): string {
  return size >= 1_048_576 ? `${size / 1_048_576} MB` : `${size / 1024} KB`;
}

function cells(samples: Partial<Series>, names: readonly (keyof Series)[]): string[] {
  const raw = samples.raw ?? [];
  return names.flatMap((name) => {
    const own = samples[name] ?? [];
    const wall = median(own.map((sample) => sample.wall));
    if (name === 'raw') return [wall.toFixed(3)];
    // A ratio of each round, and then the median: a slow round is slow for all.
    const ratio = median(own.map((sample, round) => sample.wall / (raw[round]?.wall ?? Number.NaN)));
    const cpu = median(own.map((sample, round) => sample.cpu / (raw[round]?.cpu ?? Number.NaN)));
    return [wall.toFixed(3), ratio.toFixed(2), cpu.toFixed(2)];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map(() => '---:')), ...rows.map(line)].join('\n');
}

/** Many small blobs, kept: what they take on the file system, and how long a copy that reads all of them takes. */
async function measureBackup(size: number, count: number): Promise<string[]> {
  const root = await mkdtemp(join(directory, 'backup-'));
  const kept = {
    disk: await createDiskBlobStore({ directory: join(root, 'blobs') }),
    database: await createDatabaseBlobStore({ file: join(root, 'blobs.sqlite') }),
  };
  const seconds: Record<'disk' | 'database', number[]> = { disk: [], database: [] };
  for (let turn = 0; turn < count; turn += 1) {
    const bytes = randomBytes(size);
    await putFile(kept.disk, join(root, 'made'), bytes);
    await putFile(kept.database, join(root, 'made'), bytes);
  }
  await kept.database.close();
  const hashes: string[] = [];
  for await (const sha256 of kept.disk.list()) hashes.push(sha256);
  const file = join(root, 'blobs.sqlite');
  for (let round = 0; round < 5; round += 1) {
    const disk = await measure(1, async () => {
      for (const sha256 of hashes)
        await readFile(join(root, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
    });
    const database = await measure(1, async () => {
      for await (const _ of (await open(file)).createReadStream({ highWaterMark: 1_048_576 }));
    });
    seconds.disk.push(disk.wall);
    seconds.database.push(database.wall);
  }
  let onDisk = 0;
  for (const sha256 of hashes) {
    onDisk += (await stat(join(root, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256))).blocks * 512;
  }
  const inDatabase = (await stat(file)).blocks * 512;
  await kept.disk.close();
  const bytes = size * count;
  return [
    `${count} × ${kilobytes(size)}`,
    (onDisk / bytes).toFixed(2),
    (inDatabase / bytes).toFixed(2),
    median(seconds.disk).toFixed(0),
    median(seconds.database).toFixed(0),
    (median(seconds.database) / median(seconds.disk)).toFixed(2),
  ];
}

try {
  const results = [];
  for (const size of sizes) results.push(await measureSize(size));
  const backups = [];
  for (const [size, count] of [
    [1024, 1500],
    [20 * 1024, 1500],
    [100 * 1024, 800],
  ] as const) {
    backups.push(await measureBackup(size, count));
  }
  const ratios = ['ms', '/ raw', 'cpu / raw'];
  const columns = (...names: string[]) => names.flatMap((name) => ratios.map((ratio) => `${name} ${ratio}`));
  const write = table(
    ['size', 'raw ms', ...columns('disk', 'disk, new directories', 'database', 'database, put only')],
    results.map(({ size, writes }) => [
      kilobytes(size),
      ...cells(writes, ['raw', 'disk', 'diskNew', 'database', 'databaseDirect']),
    ]),
  );
  const read = table(
    ['size', 'raw ms', ...columns('disk', 'database'), 'database / disk'],
    results.map(({ size, reads }) => [
      kilobytes(size),
      ...cells(reads, ['raw', 'disk', 'database']),
      median(reads.database.map(({ wall }, round) => wall / (reads.disk[round]?.wall ?? Number.NaN))).toFixed(
        2,
      ),
    ]),
  );
  const backup = table(
    [
      'blobs',
      'disk bytes / bytes',
      'database bytes / bytes',
      'read all files ms',
      'read database ms',
      'ratio',
    ],
    backups,
  );
  const report = `# Blob placement: disk or database

\`node --conditions=@vitrine/source bench/blob-placement.ts\`, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${process.platform}.
One operation at a time; medians of ${rounds} interleaved rounds, ratios taken within a round. Times are milliseconds an operation.

## Durable writes
Raw: write, fsync, rename, fsync of the directory. Disk and database: receive a stream (hash, fsync), put, discard, as an upload does.
New directories: no blob had these two first bytes before, which is the rule in a library of fewer than some 65,536 blobs.
Put only: the file is written without fsync and put into the database, as a rendition may be.

${write}

## Reads, whole, from a warm page cache
Raw: \`fs.readFile\`.

${read}

## Size and backup
Space taken on the file system against the bytes stored, and reading everything for a copy, from a warm cache.

${backup}
`;
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'blob-placement.md'), report);
  console.log(report);
} finally {
  await stores.database.close();
  await rm(directory, { recursive: true, force: true });
}

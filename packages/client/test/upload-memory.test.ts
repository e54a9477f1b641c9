import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startUploadServer } from './start-upload-server.ts';

const run = promisify(execFile);
const mebibyte = 1024 * 1024;

it('an upload of 300 MiB needs less than 32 MiB of memory', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-client-'));
  try {
    await using server = await startUploadServer();
    const small = join(folder, 'small.mp4');
    const large = join(folder, 'large.mp4');
    await writeFile(small, Buffer.alloc(mebibyte));
    await writeFile(large, '');
    await truncate(large, 300 * mebibyte);
    const program = join(import.meta.dirname, 'measure-upload-memory.ts');
    const { stdout } = await run(process.execPath, [
      '--conditions=@vitrine/source',
      program,
      server.url,
      small,
      large,
    ]);
    expect(Number(stdout) / mebibyte).toBeLessThan(32);
    expect(server.received.map(({ size }) => size)).toEqual([mebibyte, 300 * mebibyte]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startFakeTusServer } from './fake-tus-server.ts';
import { startUploadServer } from './start-upload-server.ts';

const run = promisify(execFile);
const mebibyte = 1024 * 1024;

it.each([
  ['in one form', Number.POSITIVE_INFINITY],
  ['in pieces', 32 * mebibyte],
])(
  'an upload of 300 MiB %s needs less than 32 MiB of memory',
  async (_how, resumableFrom) => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-client-'));
    try {
      await using server = await startUploadServer();
      await using pieces = await startFakeTusServer({ keep: false });
      const inPieces = Number.isFinite(resumableFrom);
      const small = join(folder, 'small.mp4');
      const large = join(folder, 'large.mp4');
      await writeFile(small, Buffer.alloc(mebibyte));
      await writeFile(large, '');
      await truncate(large, 300 * mebibyte);
      const program = join(import.meta.dirname, 'measure-upload-memory.ts');
      const { stdout } = await run(process.execPath, [
        '--conditions=@vitrine/source',
        program,
        inPieces ? pieces.url : server.url,
        inPieces ? large : small,
        large,
        String(resumableFrom),
      ]);
      expect(Number(stdout) / mebibyte).toBeLessThan(32);
      const sizes = inPieces
        ? pieces.uploads().map(({ received }) => received)
        : server.received.map(({ size }) => size);
      expect(sizes).toEqual([inPieces ? 300 * mebibyte : mebibyte, 300 * mebibyte]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  120_000,
);

import { createHash } from 'node:crypto';
import type { StagedBlob } from '@vitrine/core';
import type { FileSystem } from './file-system.ts';
import { writeAll } from './write-all.ts';

const bufferBytes = 1024 * 1024;

/** Copies a staged file to a new file with mode 0600 and syncs it; rejects when the bytes are not those of its hash. */
export async function copyFile(fs: FileSystem, staged: StagedBlob, to: string): Promise<void> {
  const source = await fs.open(staged.path, 'r');
  try {
    const target = await fs.open(to, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafeSlow(bufferBytes);
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, bufferBytes, null);
        if (bytesRead === 0) break;
        const bytes = buffer.subarray(0, bytesRead);
        hash.update(bytes);
        await writeAll(target, [bytes]);
      }
      if (hash.digest('hex') !== staged.sha256) {
        throw new Error(`The staged file of ${staged.sha256} no longer holds its bytes.`);
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

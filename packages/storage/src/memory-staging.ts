import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StagingArea } from '@vitrine/core';
import { createDiskStaging } from './disk-staging.ts';
import { nodeFileSystem } from './file-system.ts';

export interface MemoryStaging extends StagingArea, AsyncDisposable {
  /** Where its files lie until it is disposed of. */
  readonly directory: string;
}

/** Staging for tests: real files in a temporary directory (tools need a path), but nobody waits for a disk. */
export async function createMemoryStaging(): Promise<MemoryStaging> {
  const directory = await mkdtemp(join(tmpdir(), 'vitrine-staging-'));
  const staging = await createDiskStaging({
    directory,
    minFreeBytes: 0,
    fs: {
      ...nodeFileSystem,
      async open(path, flags, mode) {
        const file = await nodeFileSystem.open(path, flags, mode);
        return {
          writev: (buffers, at) => file.writev(buffers, at),
          read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
          stat: () => file.stat(),
          truncate: (length) => file.truncate(length),
          sync: async () => {},
          close: () => file.close(),
        };
      },
    },
  });
  return {
    ...staging,
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

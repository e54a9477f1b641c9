import { join } from 'node:path';
import type { BlobStore } from '@vitrine/core';
import { type BlobFault, type BlobStoreFixture, describeBlobStore } from '@vitrine/testing';
import { createDatabaseBlobStore } from '../src/database-blob-store.ts';
import { createDiskBlobStore } from '../src/disk-blob-store.ts';
import { createDiskStaging } from '../src/disk-staging.ts';
import { createMemoryBlobStore } from '../src/memory-blob-store.ts';
import { createMemoryStaging } from '../src/memory-staging.ts';
import { createFaultyFileSystem } from './faulty-file-system.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const whileReceiving: BlobFault[] = [
  { during: 'receive', code: 'ENOSPC' },
  { during: 'receive', code: 'EIO' },
];

async function withDiskStaging(
  fault: BlobFault | undefined,
  createStore: (directory: string) => Promise<BlobStore>,
): Promise<BlobStoreFixture> {
  const directory = await temporaryDirectory();
  const stagingDirectory = join(directory.path, 'staging');
  const failing = fault?.during === 'receive' && { write: { code: fault.code, afterBytes: 300_000 } };
  const staging = await createDiskStaging({
    directory: stagingDirectory,
    minFreeBytes: 0,
    fs: createFaultyFileSystem(failing || {}),
  });
  const store = await createStore(directory.path);
  return {
    store,
    staging,
    stagingDirectory,
    async [Symbol.asyncDispose]() {
      await store.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

describeBlobStore('disk, staging beside it', {
  faults: [...whileReceiving, { during: 'put', code: 'ENOSPC' }, { during: 'put', code: 'EIO' }],
  create: (fault) =>
    withDiskStaging(fault, async (directory) => {
      const fs = createFaultyFileSystem();
      const store = await createDiskBlobStore({ directory: join(directory, 'blobs'), fs });
      if (fault?.during === 'put') fs.faults.rename = fault.code;
      return store;
    }),
});

describeBlobStore('disk, staging on another file system', {
  faults: [...whileReceiving, { during: 'put', code: 'ENOSPC' }, { during: 'put', code: 'EIO' }],
  create: (fault) =>
    withDiskStaging(fault, async (directory) => {
      const fs = createFaultyFileSystem();
      const { rename } = fs;
      const moving = {
        ...fs,
        async rename(from: string, to: string) {
          if (from.endsWith('.part')) fs.faults.rename = 'EXDEV';
          await rename(from, to);
        },
      };
      const store = await createDiskBlobStore({ directory: join(directory, 'blobs'), fs: moving });
      if (fault?.during === 'put') fs.faults.write = { code: fault.code, afterBytes: 0 };
      return store;
    }),
});

describeBlobStore('database', {
  faults: [...whileReceiving, { during: 'put', code: 'ENOSPC' }],
  create: (fault) =>
    withDiskStaging(fault, (directory) =>
      createDatabaseBlobStore({
        file: join(directory, 'blobs.sqlite'),
        ...(fault?.during === 'put' && { maxFileBytes: 1_000_000 }),
      }),
    ),
});

describeBlobStore('memory', {
  faults: [],
  async create() {
    const staging = await createMemoryStaging();
    const store = createMemoryBlobStore();
    return {
      store,
      staging,
      stagingDirectory: staging.directory,
      async [Symbol.asyncDispose]() {
        await store.close();
        await staging[Symbol.asyncDispose]();
      },
    };
  },
});

export * from './blob-stores.ts';
export * from './chunk-store.ts';
export { createChunkedBlobStore, databaseBlobMaxBytes } from './chunked-blob-store.ts';
export * from './database-blob-store.ts';
export * from './disk-blob-store.ts';
export * from './disk-staging.ts';
export { type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
export * from './memory-blob-store.ts';
export * from './memory-staging.ts';

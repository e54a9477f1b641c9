export * from './blob-store-suite.ts';

import type { QuarantineWriter } from '@vitrine/core';
import type { RepositoryContext } from './repository-context.ts';

export function createQuarantineRepository({ db, tables }: RepositoryContext): QuarantineWriter {
  return {
    async insert({ at, ...file }) {
      await db.insert(tables.quarantinedFiles).values({ ...file, createdAt: at });
    },
  };
}

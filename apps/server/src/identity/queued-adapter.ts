import type { AuditWriter } from '@vitrine/core';
import type { BetterAuthOptions } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { audited, type IdentityAdapter } from './audited-adapter.ts';

type DrizzleHandle = Parameters<typeof drizzleAdapter>[0];
type DrizzleOptions = Parameters<typeof drizzleAdapter>[1];

export interface QueuedAdapterOptions {
  readonly config: DrizzleOptions;
  /** For reads. */
  readonly reader: DrizzleHandle;
  /** Runs work on the writing connection inside a transaction of its own. */
  readonly exclusive: <T>(
    work: (writer: DrizzleHandle, writers: { readonly audit: AuditWriter }) => Promise<T>,
  ) => Promise<T>;
}

/**
 * The identity library's adapter, with every write sent through the database's one writer. On a connection of its own it
 * would wait for a lock that the same thread holds; on the shared one its writes would vanish with somebody else's rollback.
 * What it writes is noted in the audit log in the same transaction.
 */
export function queuedAdapter({
  config,
  reader,
  exclusive,
}: QueuedAdapterOptions): (options: BetterAuthOptions) => IdentityAdapter {
  return (options) => {
    const reads = drizzleAdapter(reader, config)(options);
    const write = <T>(work: (adapter: IdentityAdapter) => Promise<T>): Promise<T> =>
      exclusive((writer, { audit }) => work(audited(drizzleAdapter(writer, config)(options), audit)));
    return {
      ...reads,
      create: (data) => write((adapter) => adapter.create(data)),
      update: (data) => write((adapter) => adapter.update(data)),
      updateMany: (data) => write((adapter) => adapter.updateMany(data)),
      delete: (data) => write((adapter) => adapter.delete(data)),
      deleteMany: (data) => write((adapter) => adapter.deleteMany(data)),
      consumeOne: (data) => write((adapter) => adapter.consumeOne(data)),
      incrementOne: (data) => write((adapter) => adapter.incrementOne(data)),
      transaction: (work) => write((adapter) => work(adapter)),
    };
  };
}

import Sqlite from 'better-sqlite3';

/** What "raw" is: see docs/performance.md. */
const statement = `
  select a.*, v.*
  from assets a join asset_versions v on v.asset_id = a.id and v.number = a.current_version
  where a.client_id = ? and a.trashed_at is null
  order by a.uploaded_at desc, a.id desc
  limit 50`;

export interface RawList extends Disposable {
  /** Every column of the 50 newest assets of the client and of their versions, as objects. */
  all(clientId: string): unknown[];
}

/** A prepared statement on a connection with the product's settings, in this process. */
export function openRawList(file: string): RawList {
  const connection = new Sqlite(file, { readonly: true });
  connection.pragma('cache_size = -65536');
  connection.pragma('mmap_size = 268435456');
  const prepared = connection.prepare(statement);
  return {
    all: (clientId) => prepared.all(clientId),
    [Symbol.dispose]: () => connection.close(),
  };
}

import Sqlite from 'better-sqlite3';

/**
 * Makes a file this process's until it is disposed; null while another has it. The operating system keeps the lock and lets go of it
 * when the process dies, however it dies and whatever its number is.
 */
export function lockFile(file: string): Disposable | null {
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  // Closing ends the transaction. The file stays: whoever removed it might remove the next one's.
  return { [Symbol.dispose]: () => void connection.close() };
}

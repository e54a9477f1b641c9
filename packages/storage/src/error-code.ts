/** The code that Node or SQLite put on an error ('ENOENT', 'SQLITE_FULL' …), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

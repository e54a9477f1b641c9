import path from 'node:path';

/** The SQLite file of an installation: `vitrine.sqlite` in the data folder (`VITRINE_DATA_DIR`, default `./data`). */
export function databaseFile(env: { readonly [name: string]: string | undefined }): string {
  return path.resolve(env['VITRINE_DATA_DIR'] ?? 'data', 'vitrine.sqlite');
}

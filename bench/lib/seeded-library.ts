import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SearchState } from '@vitrine/core';
import { openSqliteDatabase } from '@vitrine/db';
import type { AssetId } from '@vitrine/schema';
import { seedLibrary } from '../../apps/server/test/seed-library.ts';
import { createOwner } from '../../apps/server/test/server-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = path.join(root, 'bench/.cache');

export interface Library {
  readonly dataDir: string;
  readonly file: string;
  readonly key: string;
  /** The client with two of five assets. */
  readonly clientId: string;
}

interface Facts {
  readonly key: string;
  readonly clientId: string;
}

/** Of the migrations, the seed and what is indexed of it: a library made by others is not used. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const migrations = globSync('drizzle/sqlite/*.sql', { cwd: root }).sort();
  const writers = ['apps/server/test/seed-library.ts', 'packages/db/src/search/search-index.ts'];
  for (const file of [...migrations, ...writers]) {
    hash.update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

const factsFile = (dataDir: string) => path.join(dataDir, 'bench.json');

/** As a server does at its start, in larger groups. */
async function indexAll(file: string): Promise<void> {
  const database = await openSqliteDatabase({ file });
  try {
    for (let after: AssetId | null = null; ; ) {
      const from: AssetId | null = after;
      const page: SearchState[] = await database.read((readers) =>
        readers.search.states({ after: from, limit: 2000 }),
      );
      after = page.at(-1)?.assetId ?? null;
      if (after === null) break;
      await database.transaction(async (writers) => {
        for (const { assetId } of page) await writers.search.reindex(assetId);
      });
    }
    for (let begin = true; await database.transaction((writers) => writers.search.tidy(begin)); )
      begin = false;
  } finally {
    await database.close();
  }
}

async function makeLibrary(dataDir: string, assets: number): Promise<void> {
  console.error(`Seeding a library of ${assets} assets …`);
  const partial = `${dataDir}.part`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const { id, key } = await createOwner(partial);
  const file = path.join(partial, 'vitrine.sqlite');
  const [clientId = ''] = seedLibrary({ file, ownerId: id, assets }).clientIds;
  await indexAll(file);
  const facts: Facts = { key, clientId };
  await writeFile(factsFile(partial), JSON.stringify(facts));
  await rename(partial, dataDir);
}

/** A data folder with so many assets, made on first use and kept in bench/.cache. For reading. */
export async function openSeededLibrary(assets: number): Promise<Library> {
  const dataDir = path.join(cache, `${assets}-${fingerprint()}`);
  if (!existsSync(dataDir)) await makeLibrary(dataDir, assets);
  const facts: Facts = JSON.parse(await readFile(factsFile(dataDir), 'utf8'));
  return { dataDir, file: path.join(dataDir, 'vitrine.sqlite'), ...facts };
}

/** The same in a folder of its own, for writing. */
export async function copySeededLibrary(assets: number, folder: string): Promise<Library> {
  const { dataDir, ...library } = await openSeededLibrary(assets);
  const copy = path.join(folder, `library-${assets}`);
  await cp(dataDir, copy, { recursive: true });
  return { ...library, dataDir: copy, file: path.join(copy, 'vitrine.sqlite') };
}

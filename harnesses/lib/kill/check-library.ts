import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { assetSchema, assetVersionSchema, trashedAssetSchema } from '@vitrine/schema';
import { z } from 'zod';
import { stagingFile } from './age-staging.ts';
import type { KnownAsset, KnownLibrary, Pending } from './known-library.ts';
import { askLibrary, type LibraryAddress } from './library-address.ts';

const pageSchema = z.object({ items: z.array(trashedAssetSchema) });
async function json(address: LibraryAddress, path: string): Promise<unknown> {
  const answer = await askLibrary(address, path);
  if (!answer.ok) throw new Error(`${answer.status} ${path}: ${(await answer.text()).slice(0, 300)}`);
  return answer.json();
}

/** The library as it says it is: the current version and its hash of each asset that is live, and what is in the trash. */
async function shown(library: KnownLibrary, address: LibraryAddress) {
  const live = new Map<string, { readonly version: number; readonly sha256: string }>();
  for (let offset = 0; ; offset += 100) {
    const page = await json(address, `/api/v2/clients/${library.clientId}/assets?limit=100&offset=${offset}`);
    const assets = z.array(assetSchema).parse(page);
    for (const { id, version, sha256 } of assets) live.set(id, { version, sha256 });
    if (assets.length < 100) break;
  }
  const trash = pageSchema.parse(await json(address, `/api/v2/trash?clientId=${library.clientId}&limit=200`));
  if (trash.items.length === 200) throw new Error('There is more in the trash than one look shows.');
  return { live, trashed: new Set<string>(trash.items.map(({ id }) => id)) };
}

type Shown = Awaited<ReturnType<typeof shown>>;

const placeIn = ({ live, trashed }: Shown, id: string) =>
  live.has(id) ? 'live' : trashed.has(id) ? 'trashed' : 'purged';

/** What an asset may be: as it was acknowledged, or with what was asked of it and not answered. */
function asItMayBe(asset: KnownAsset, pending: Iterable<Pending>): KnownAsset[] {
  const may = [asset];
  for (const one of pending) {
    if (one.kind === 'create' || one.id !== asset.id) continue;
    if (one.kind === 'move') may.push({ ...asset, place: one.to });
    else may.push({ ...asset, versions: [...asset.versions, one.sha256] });
  }
  return may;
}

/** Takes what the library shows for the truth wherever it may be so, and tells of everything else. */
function settle(library: KnownLibrary, seen: Shown): string[] {
  const wrong: string[] = [];
  for (const asset of library.assets.values()) {
    const { id } = asset;
    const is = asItMayBe(asset, library.pending).find(({ place, versions }) => {
      if (placeIn(seen, id) !== place) return false;
      const current = seen.live.get(id);
      return !current || (current.version === versions.length && current.sha256 === versions.at(-1));
    });
    if (is) library.assets.set(id, is);
    else {
      const found = `${placeIn(seen, id)} ${JSON.stringify(seen.live.get(id) ?? {})}`;
      wrong.push(`asset ${id} is ${found}, acknowledged was ${JSON.stringify(asset)}`);
      library.assets.delete(id);
    }
  }
  const begun = [...library.pending].filter((one) => one.kind === 'create');
  for (const [id, { version, sha256 }] of seen.live) {
    if (library.assets.has(id)) continue;
    const index = begun.findIndex((one) => one.sha256 === sha256);
    if (index < 0 || version !== 1) wrong.push(`asset ${id} (${sha256}) was asked for by nobody`);
    begun.splice(index, index < 0 ? 0 : 1);
    library.assets.set(id, { id, versions: [sha256], place: 'live' });
  }
  for (const id of seen.trashed) {
    if (!library.assets.has(id)) wrong.push(`asset ${id} in the trash was asked for by nobody`);
  }
  library.pending.clear();
  library.busy.clear();
  return wrong;
}

async function hashBehind(address: LibraryAddress, url: string): Promise<string> {
  const answer = await askLibrary(address, url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return answer.ok ? createHash('sha256').update(bytes).digest('hex') : `status ${answer.status}`;
}

/** The bytes of every version of everything that is live. */
async function readAll(library: KnownLibrary, address: LibraryAddress): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, versions, place } of library.assets.values()) {
    if (place !== 'live') continue;
    const shown = z.array(assetVersionSchema).parse(await json(address, `/api/v2/assets/${id}/versions`));
    const read = await Promise.all(shown.map(({ url }) => hashBehind(address, url)));
    // The newest comes first.
    if (read.reverse().join() !== versions.join()) {
      wrong.push(`the versions of asset ${id} are ${read.join()}, acknowledged were ${versions.join()}`);
    }
  }
  return wrong;
}

/** Uploads in pieces go on from where they were acknowledged, or further on. */
async function checkUploads(library: KnownLibrary, address: LibraryAddress): Promise<string[]> {
  const wrong: string[] = [];
  for (const upload of library.uploads.values()) {
    const { sha256, offset } = upload;
    const made = [...library.assets.values()].some(({ versions }) => versions.includes(sha256));
    if (made) {
      library.uploads.delete(upload.address);
      continue;
    }
    const head = await askLibrary(address, upload.address, {
      method: 'HEAD',
      headers: { 'tus-resumable': '1.0.0' },
    });
    const kept = Number(head.headers.get('upload-offset') ?? Number.NaN);
    const length = library.files.get(sha256)?.length ?? 0;
    const id = head.headers.get('vitrine-asset');
    if (head.ok && kept === length && id) {
      // All bytes were there, but no asset yet: whoever asks is told of it only when there is one.
      library.assets.set(id, { id, versions: [sha256], place: 'live' });
      library.uploads.delete(upload.address);
    } else if (head.ok && kept >= offset && kept < length) {
      library.uploads.set(upload.address, { ...upload, offset: kept });
    } else {
      wrong.push(
        `upload ${upload.address}: status ${head.status}, offset ${kept}, acknowledged were ${offset}`,
      );
      library.uploads.delete(upload.address);
    }
  }
  return wrong;
}

async function leftInStaging(folder: string): Promise<string[]> {
  const left = (await readdir(path.join(folder, 'staging'))).filter((name) => stagingFile.test(name));
  return left.map((name) => `${name} was left in the staging area`);
}

/** Everything that was acknowledged before the kill, after it. Answers what is wrong. */
export async function checkLibrary(library: KnownLibrary, address: LibraryAddress): Promise<string[]> {
  const left = await leftInStaging(library.folder);
  const seen = await shown(library, address);
  return [
    ...left,
    ...settle(library, seen),
    ...(await readAll(library, address)),
    ...(await checkUploads(library, address)),
  ];
}

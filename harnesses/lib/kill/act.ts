import { createHash } from 'node:crypto';
import { assetSchema } from '@vitrine/schema';
import type { SeededRandom } from '../seeded-random.ts';
import type { Journal } from './journal.ts';
import type { KnownAsset, KnownLibrary, Pending, Place } from './known-library.ts';
import { askLibrary, type LibraryAddress } from './library-address.ts';
import { someText } from './some-text.ts';

/** What one lane of requests works with. */
export interface ActContext {
  readonly library: KnownLibrary;
  readonly address: LibraryAddress;
  readonly random: SeededRandom;
  readonly journal: Journal;
  /** Lets days go by and collects what nothing uses. */
  readonly collect: () => Promise<void>;
}

/** The server answered what it must not, however it was treated. */
export class WrongAnswerError extends Error {}

/** The server asks to come again: what it was asked for may have been begun, and is left alone until the next look. */
class LaterError extends Error {}

/** More makes every check slower and finds no more. */
const mostLive = 15;

async function body(answer: Response, ...allowed: number[]): Promise<unknown> {
  const text = await answer.text();
  // A collector is deleting the very same bytes, or days went by while a lock was held.
  if (answer.status === 503 || answer.status === 423) throw new LaterError();
  if (!answer.ok || (allowed.length > 0 && !allowed.includes(answer.status))) {
    throw new WrongAnswerError(`${answer.status} ${new URL(answer.url).pathname}: ${text.slice(0, 300)}`);
  }
  return text === '' ? null : JSON.parse(text);
}

async function whilePending<T>(library: KnownLibrary, pending: Pending, work: () => Promise<T>): Promise<T> {
  library.pending.add(pending);
  const result = await work();
  // Not when it fails: nobody knows then whether it was done.
  library.pending.delete(pending);
  return result;
}

async function whileBusy(library: KnownLibrary, id: string, work: () => Promise<void>): Promise<void> {
  library.busy.add(id);
  await work();
  library.busy.delete(id);
}

function newFile({ library, random }: ActContext): { readonly sha256: string; readonly bytes: Buffer } {
  const bytes = someText(random);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  library.files.set(sha256, bytes);
  return { sha256, bytes };
}

/** New bytes, or now and then some that were sent before: the library may have them, be collecting them, or be rid of them. */
function someFile(context: ActContext, unlike: readonly string[] = []) {
  const { library, random } = context;
  const before = [...library.files.keys()].filter((sha256) => !unlike.includes(sha256));
  if (before.length === 0 || random.below(4) > 0) return newFile(context);
  const sha256 = random.pick(before);
  return { sha256, bytes: library.files.get(sha256) ?? Buffer.alloc(0) };
}

function learn({ library, journal }: ActContext, what: string, asset: KnownAsset): void {
  const sha256 = asset.versions.at(-1);
  journal.write({ library: library.folder, what, id: asset.id, ...(sha256 && { sha256 }) });
  library.assets.set(asset.id, asset);
}

function learnUploaded(context: ActContext, answer: unknown, sha256: string, before?: KnownAsset): void {
  const asset = assetSchema.parse(answer);
  const versions = [...(before?.versions ?? []), sha256];
  if (asset.sha256 !== sha256 || asset.version !== versions.length) {
    throw new WrongAnswerError(
      `Asked for ${sha256} as version ${versions.length}, got ${JSON.stringify(asset)}`,
    );
  }
  learn(context, before ? 'replaced' : 'created', { id: asset.id, versions, place: 'live' });
}

async function sendForm(context: ActContext, before?: KnownAsset): Promise<void> {
  const { library, address } = context;
  const { sha256, bytes } = someFile(context, before?.versions);
  const form = new FormData();
  form.append('clientId', library.clientId);
  form.append('duplicates', 'keep');
  if (before) form.append('assetId', before.id);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'notes.txt');
  const pending: Pending = before ? { kind: 'replace', id: before.id, sha256 } : { kind: 'create', sha256 };
  await whilePending(library, pending, async () => {
    const answer = await askLibrary(address, '/api/v2/upload-asset', { method: 'POST', body: form });
    const asset = await body(answer);
    learnUploaded(context, asset, sha256, before);
  });
}

const tus = { 'tus-resumable': '1.0.0' };
const piece = { ...tus, 'content-type': 'application/offset+octet-stream' };

async function beginUpload(context: ActContext): Promise<void> {
  const { library, address, journal } = context;
  const { sha256, bytes } = newFile(context);
  const metadata = { filename: 'notes.txt', clientId: library.clientId, duplicates: 'keep' };
  const words = Object.entries(metadata).map(
    ([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`,
  );
  const headers = { ...tus, 'upload-length': `${bytes.length}`, 'upload-metadata': words.join(',') };
  const answer = await askLibrary(address, '/api/tus', { method: 'POST', headers });
  await body(answer, 201);
  const { pathname } = new URL(answer.headers.get('location') ?? '', address.url);
  journal.write({ library: library.folder, what: 'upload begun', id: pathname, sha256 });
  library.uploads.set(pathname, { address: pathname, sha256, offset: 0 });
  await whileBusy(library, pathname, () => sendPieces(context, pathname));
}

/** All pieces that are missing, or in half of the cases only one. */
async function sendPieces(context: ActContext, id: string): Promise<void> {
  const { library, address, journal, random } = context;
  const pieces = random.below(2) === 0 ? 1 : 3;
  for (let sent = 0; sent < pieces; sent += 1) {
    const upload = library.uploads.get(id);
    if (!upload) return;
    const bytes = library.files.get(upload.sha256) ?? Buffer.alloc(0);
    const left = bytes.length - upload.offset;
    const end = sent === 2 || left < 10 ? bytes.length : upload.offset + 1 + random.below(left);
    const send = () =>
      askLibrary(address, id, {
        method: 'PATCH',
        headers: { ...piece, 'upload-offset': `${upload.offset}` },
        body: new Uint8Array(bytes.subarray(upload.offset, end)),
      });
    if (end < bytes.length) {
      await body(await send(), 204);
      journal.write({ library: library.folder, what: 'piece', id, offset: end });
      library.uploads.set(id, { ...upload, offset: end });
      continue;
    }
    await whilePending(library, { kind: 'create', sha256: upload.sha256 }, async () => {
      const asset = await body(await send());
      learnUploaded(context, asset, upload.sha256);
      library.uploads.delete(id);
    });
  }
}

async function move(context: ActContext, asset: KnownAsset, to: Place): Promise<void> {
  const { library, address } = context;
  const one = `/api/v2/assets/${asset.id}`;
  await whilePending(library, { kind: 'move', id: asset.id, to }, async () => {
    switch (to) {
      case 'trashed':
        await body(await askLibrary(address, one, { method: 'DELETE' }));
        break;
      case 'live':
        await body(await askLibrary(address, `${one}/restore`, { method: 'POST' }));
        break;
      case 'purged':
        await body(await askLibrary(address, `${one}/purge`, { method: 'POST' }));
        break;
      default:
        to satisfies never;
    }
    learn(context, to, { ...asset, place: to });
  });
}

/** One thing that people do to a library, or a small chain of them. */
export async function act(context: ActContext): Promise<void> {
  try {
    await doSomething(context);
  } catch (error) {
    if (!(error instanceof LaterError)) throw error;
  }
}

async function doSomething(context: ActContext): Promise<void> {
  const { library, random } = context;
  const free = [...library.assets.values()].filter(({ id }) => !library.busy.has(id));
  const live = free.filter(({ place }) => place === 'live');
  const trashed = free.filter(({ place }) => place === 'trashed');
  const uploads = [...library.uploads.keys()].filter((id) => !library.busy.has(id));
  const turn = random.below(20);
  const on = (asset: KnownAsset, work: () => Promise<void>) => whileBusy(library, asset.id, work);
  if (turn < 2 && uploads.length > 0) {
    const id = random.pick(uploads);
    await whileBusy(library, id, () => sendPieces(context, id));
  } else if (turn < 5 && live.length > 0) {
    const asset = random.pick(live);
    await on(asset, () => sendForm(context, asset));
  } else if ((turn < 9 || live.length > mostLive) && live.length > 0) {
    const asset = random.pick(live);
    await on(asset, () => move(context, asset, 'trashed'));
  } else if (turn < 12 && trashed.length > 0) {
    const asset = random.pick(trashed);
    await on(asset, () => move(context, asset, random.below(4) === 0 ? 'live' : 'purged'));
  } else if (turn < 13) await context.collect();
  else if (turn < 16) await beginUpload(context);
  else await sendForm(context);
}

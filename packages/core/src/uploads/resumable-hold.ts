import type { Readable } from 'node:stream';
import { type ErrorCode, type UploadResult, uploadInputSchema } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { AppError, notFound } from '../app-error.ts';
import type { PieceChecksum } from '../ports/resumable-staging.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { lockedElsewhere, type UploadLock } from './resumable-lock.ts';
import type { ResumableUpload } from './resumable-repository.ts';
import type { Ingested } from './settle-bytes.ts';
import type { UploadService } from './upload-service.ts';

interface Piece {
  readonly source: Readable;
  readonly checksum?: PieceChecksum | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An upload whose lock the caller has; disposing of it gives the lock back. */
export interface HeldUpload extends AsyncDisposable {
  /** As it is now. */
  readonly upload: ResumableUpload;
  /** Says how long it is. Fails as a new upload of that length would, and with `invalid_input` when that was said before. */
  setLength(length: number): Promise<void>;
  /** Adds bytes behind those that are there; answers how many there are then. Fails as `ResumableStaging.append` does. */
  receive(piece: Piece): Promise<number>;
  /**
   * Gives the bytes their place in the library once all are there; null before that. Once only: afterwards it answers what came of
   * it, with the asset as it is now, or fails as it failed.
   */
  settle(): Promise<Ingested | null>;
  /** Ends it; what is in the library stays there. */
  remove(): Promise<void>;
}

/** Refusals that may pass: the bytes are kept for another try. Any other is what came of the upload. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'unavailable',
  'storage_full',
  'quota_exceeded',
  'rate_limited',
  'unauthenticated',
  'forbidden',
  'locked',
] satisfies ErrorCode[]);

type Hold = { readonly caller: Caller; readonly upload: ResumableUpload; readonly lock: UploadLock };

export function holdUpload(
  { database, clock, partials, maxUploadBytes, keepUploadsMs }: ServiceDependencies,
  uploads: UploadService,
  { caller, lock, ...begun }: Hold,
): HeldUpload {
  const { id, fields, fileName } = begun.upload;
  const { held } = lock;
  let { upload } = begun;

  async function write(
    change: (writers: Parameters<Parameters<typeof database.transaction>[0]>[0]) => Promise<boolean>,
  ) {
    // Nothing was changed: the lock is somebody else's by now.
    if (!(await database.transaction(change))) throw lockedElsewhere();
  }

  async function finish(result: UploadResult): Promise<void> {
    upload = { ...upload, result };
    await partials.remove(id);
  }

  async function ingest(length: number): Promise<Ingested> {
    const staged = await partials.complete(id, length);
    let settled: UploadResult | undefined;
    const ingested = await uploads.ingest(caller, {
      fields: uploadInputSchema.parse(fields),
      fileName,
      staged,
      async within(writers, { outcome, asset }) {
        settled = { outcome, assetId: asset.id };
        if (!(await writers.uploads.setResult({ ...held, result: settled }))) throw lockedElsewhere();
      },
    });
    if (settled) await finish(settled);
    return ingested;
  }

  async function refused(error: unknown): Promise<never> {
    if (error instanceof AppError && !passing.has(error.code)) {
      const result: UploadResult = { error: { code: error.code, detail: error.message } };
      await write((writers) => writers.uploads.setResult({ ...held, result }));
      await finish(result);
    }
    throw error;
  }

  return {
    get upload() {
      return upload;
    },

    async setLength(length) {
      if (length > maxUploadBytes) {
        throw new AppError('too_large', `The file is over the limit of ${maxUploadBytes} bytes.`);
      }
      await uploads.authorize(caller, fields, length);
      await partials.assertRoom(length - upload.received);
      await write((writers) => writers.uploads.setLength({ ...held, length }));
      upload = { ...upload, length };
    },

    receive({ source, checksum, signal }) {
      const { received: offset, length } = upload;
      return partials.append(id, source, {
        offset,
        maxBytes: (length ?? maxUploadBytes) - offset,
        checksum,
        assertHeld: lock.assertHeld,
        signal: signal ? AbortSignal.any([signal, lock.lost]) : lock.lost,
        async onDurable(received) {
          const expiresAt = clock.now() + keepUploadsMs;
          await write((writers) => writers.uploads.setReceived({ ...held, received, expiresAt }));
          upload = { ...upload, received, expiresAt };
        },
      });
    },

    async settle() {
      const { result, received, length } = upload;
      if (result && 'error' in result) throw new AppError(result.error.code, result.error.detail);
      if (result)
        return uploads.replay(caller, { type: 'asset', id: result.assetId, outcome: result.outcome });
      return received === length ? ingest(length).catch(refused) : null;
    },

    async remove() {
      await partials.remove(id);
      const removed = await database.transaction((writers) => writers.uploads.delete(held));
      if (!removed) throw notFound('upload');
    },

    [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
  };
}

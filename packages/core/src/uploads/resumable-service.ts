import type { UploadFields, UploadId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { AppError, notFound } from '../app-error.ts';
import { campaignOfClient } from '../assets/campaign-of-client.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { type HeldUpload, holdUpload } from './resumable-hold.ts';
import { keepLock, newHolder, takeLock } from './resumable-lock.ts';
import type { ResumableUpload } from './resumable-repository.ts';
import type { UploadService } from './upload-service.ts';

interface NewUpload {
  readonly id: UploadId;
  readonly fields: UploadFields;
  readonly fileName: string;
  /** As the sender wrote it; kept for them. */
  readonly metadata: string | null;
  /** Bytes; null: said later. */
  readonly length: number | null;
}

/** Uploads that come in pieces and outlive their connections. Each is its user's alone. */
export interface ResumableService {
  /** Begins one. Fails as `UploadService.authorize` does, with `too_large`, `storage_full`, and `unreadable_media` for an empty file. */
  create(caller: Caller, upload: NewUpload): Promise<HeldUpload>;
  /** Takes its lock. Fails with `not_found` when it is not there, over or another user's, and with `locked` while somebody has it. */
  hold(caller: Caller, id: UploadId): Promise<HeldUpload>;
  /** Forgets uploads whose time is over, and files that belong to none; answers how many. */
  prune(): Promise<number>;
}

/** Longer than from an upload's row to its first byte. */
const orphanMs = 3600_000;

export function createResumableService(
  dependencies: ServiceDependencies,
  uploads: UploadService,
): ResumableService {
  const { database, clock, partials, maxUploadBytes, keepUploadsMs } = dependencies;

  /** The upload, if it is the caller's and still may be sent to where it goes; else it is not there, in the same words. */
  async function find({ actor }: Caller, id: UploadId): Promise<ResumableUpload> {
    return database.read(async (readers) => {
      const upload = await readers.uploads.find(id);
      if (!upload || upload.userId !== actor.userId || upload.expiresAt < clock.now()) {
        throw notFound('upload');
      }
      const { clientId, campaignId } = upload.fields;
      const action = 'asset.create';
      try {
        if (campaignId) await campaignOfClient(readers, { actor, action, clientId, campaignId });
        else await authorizedClient(readers, { actor, action, id: clientId });
      } catch (error) {
        throw error instanceof AppError && error.code === 'not_found' ? notFound('upload') : error;
      }
      return upload;
    });
  }

  async function removeExpired(id: UploadId): Promise<boolean> {
    const lock = await takeLock(dependencies, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'locked') return null;
      throw error;
    });
    if (!lock) return false;
    await using _lock = lock;
    // It may have gone on meanwhile.
    const upload = await database.read((readers) => readers.uploads.find(id));
    if (!upload || upload.expiresAt >= clock.now()) return false;
    await partials.remove(id);
    return database.transaction((writers) => writers.uploads.delete(lock.held));
  }

  async function removeOrphan(id: UploadId): Promise<boolean> {
    const upload = await database.read((readers) => readers.uploads.find(id));
    // With a result the bytes are in the library; the process that put them there ended before it tidied up.
    if (upload && !upload.result) return false;
    await partials.remove(id);
    return true;
  }

  return {
    async create(caller, { id, fields, fileName, metadata, length }) {
      if (length === 0) {
        throw new AppError(
          'unreadable_media',
          'The file is empty (0 bytes). Choose another one or export it again.',
        );
      }
      if (length !== null && length > maxUploadBytes) {
        throw new AppError('too_large', `The file is over the limit of ${maxUploadBytes} bytes.`);
      }
      await uploads.authorize(caller, fields, length);
      await partials.assertRoom(length ?? 0);
      const at = clock.now();
      const { held, until } = newHolder(id, clock);
      const { clientId } = fields;
      const { userId } = caller.actor;
      const fresh = {
        id,
        userId,
        clientId,
        fields,
        metadata,
        fileName,
        length,
        expiresAt: at + keepUploadsMs,
      };
      await database.transaction((writers) =>
        writers.uploads.insert({ ...fresh, holder: held.holder, lockedUntil: until, at }),
      );
      const lock = keepLock(dependencies, held, until);
      return holdUpload(dependencies, uploads, {
        caller,
        upload: { ...fresh, received: 0, result: null },
        lock,
      });
    },

    async hold(caller, id) {
      await find(caller, id);
      const lock = await takeLock(dependencies, id);
      try {
        // Again: what was read before the lock may be old.
        return holdUpload(dependencies, uploads, { caller, upload: await find(caller, id), lock });
      } catch (error) {
        await lock[Symbol.asyncDispose]();
        throw error;
      }
    },

    async prune() {
      const now = clock.now();
      let removed = 0;
      for (const id of await database.read((readers) => readers.uploads.expired(now))) {
        if (await removeExpired(id)) removed += 1;
      }
      for (const id of await partials.list(orphanMs)) if (await removeOrphan(id)) removed += 1;
      return removed;
    },
  };
}

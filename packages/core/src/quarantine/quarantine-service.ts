import type { Readable } from 'node:stream';
import {
  encodeQuarantineCursor,
  type QuarantinedFile,
  type QuarantinedFileId,
  type quarantineAcceptInputSchema,
  quarantinedFileIdSchema,
  type quarantineListInputSchema,
  type Sha256,
  uploadInputSchema,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { assertWhole } from '../health/assert-whole.ts';
import { BlobMissingError, type ByteRange, type StagedBlob } from '../ports/blob-store.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { assetNameOf } from '../uploads/file-name.ts';
import type { Ingested } from '../uploads/settle-bytes.ts';
import type { UploadService } from '../uploads/upload-service.ts';
import type { QuarantinedRecord } from './quarantine-repository.ts';

type List = z.output<typeof quarantineListInputSchema>;
type Accept = z.output<typeof quarantineAcceptInputSchema>;

/** A file and how its bytes are had; `open` fails with `damaged` when they are gone. */
interface HeldFile {
  readonly file: QuarantinedFile;
  readonly open: (range?: ByteRange) => Promise<Readable>;
}

/** Files that a scan or an import refused, for owners and admins. Every method fails with `forbidden` for members. */
export interface QuarantineService {
  /** What came last first. */
  list(caller: Caller, input: List): Promise<{ items: QuarantinedFile[]; nextCursor: string | null }>;
  /** Fails with `not_found`. */
  file(caller: Caller, id: QuarantinedFileId): Promise<HeldFile>;
  /**
   * Makes it an asset of a client, through the same door as every upload: it is scanned and looked at anew. Fails with `not_found`,
   * `damaged`, `conflict` when somebody was faster, and as `UploadService.ingest` does; then it stays where it is.
   */
  accept(caller: Caller, input: Accept): Promise<Ingested>;
  /** Deletes it for good. Fails with `not_found`. */
  discard(caller: Caller, id: QuarantinedFileId): Promise<QuarantinedFile>;
}

interface Leaving {
  readonly action: 'file.accept' | 'file.discard';
  readonly file: QuarantinedRecord;
}

function present({ userId: _userId, at, id, ...file }: QuarantinedRecord): QuarantinedFile {
  return { ...file, id: quarantinedFileIdSchema.parse(id), createdAt: toTimestamp(at) };
}

export function createQuarantineService(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock' | 'staging' | 'scanner' | 'quarantine'>,
  uploads: Pick<UploadService, 'authorize' | 'ingest'>,
): QuarantineService {
  const { database, clock, staging, scanner, quarantine } = dependencies;

  async function found(id: QuarantinedFileId): Promise<QuarantinedRecord> {
    const file = await database.read((readers) => readers.quarantine.find(id));
    if (!file) throw notFound('file');
    return file;
  }

  async function open({ sha256, fileName }: QuarantinedRecord, range?: ByteRange): Promise<Readable> {
    try {
      return await quarantine.open(sha256, range);
    } catch (error) {
      if (error instanceof BlobMissingError) assertWhole('missing', fileName);
      throw error;
    }
  }

  async function copyOf(file: QuarantinedRecord): Promise<StagedBlob> {
    const staged = await staging.receive(await open(file), { maxBytes: file.size });
    const damage = staged.sha256 === file.sha256 ? null : 'wrong_bytes';
    if (damage) await staging.discard(staged);
    assertWhole(damage, file.fileName);
    return staged;
  }

  /** Asked before the upload is: what that refuses goes into quarantine, where this is already. */
  async function scan({ path }: StagedBlob): Promise<void> {
    const verdict = scanner ? await scanner.scan(path) : ({ clean: true } as const);
    if (!verdict.clean) {
      throw new AppError('infected', `The scan refused the file: ${verdict.reason}. It stays in quarantine.`);
    }
  }

  async function leave(writers: Writers, caller: Caller, { action, file }: Leaving): Promise<boolean> {
    if (!(await writers.quarantine.remove(file.id))) return false;
    const { clientId, fileName, sha256, size, reason } = file;
    await recordChange(writers, caller, clock.now(), {
      action,
      target: { type: 'client', id: clientId },
      clientId,
      before: { fileName, sha256, size, reason },
    });
    return true;
  }

  /** After the rows, so that no row is ever without its bytes; a crash in between leaves bytes that nobody lists. */
  async function letGo(sha256: Sha256): Promise<void> {
    const isHeld = await database.read((readers) => readers.quarantine.holds(sha256));
    if (!isHeld) await quarantine.delete(sha256);
  }

  return {
    async list({ actor }, { cursor, limit }) {
      assertCredential(actor, 'quarantine.read');
      const query = { ...(cursor && { after: cursor }), limit: limit + 1 };
      const rows = await database.read((readers) => readers.quarantine.list(query));
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        items: rows.slice(0, limit).map(present),
        nextCursor: last ? encodeQuarantineCursor(last) : null,
      };
    },

    async file({ actor }, id) {
      assertCredential(actor, 'quarantine.read');
      const file = await found(id);
      return { file: present(file), open: (range) => open(file, range) };
    },

    async accept(caller, { id, clientId, campaignId }) {
      assertCredential(caller.actor, 'quarantine.write');
      const file = await found(id);
      await uploads.authorize(caller, { clientId, campaignId }, file.size);
      const staged = await copyOf(file);
      try {
        await scan(staged);
      } catch (error) {
        await staging.discard(staged);
        throw error;
      }
      const name = assetNameOf(file.fileName);
      const ingested = await uploads.ingest(caller, {
        fields: uploadInputSchema.parse({ clientId, ...(campaignId && { campaignId }), name }),
        fileName: file.fileName,
        staged,
        async within(writers) {
          if (await leave(writers, caller, { action: 'file.accept', file })) return;
          throw new AppError('conflict', 'Somebody has decided about this file. Look at the list again.');
        },
      });
      await letGo(file.sha256);
      return ingested;
    },

    async discard(caller, id) {
      assertCredential(caller.actor, 'quarantine.write');
      const file = await found(id);
      const isGone = await database.transaction((writers) =>
        leave(writers, caller, { action: 'file.discard', file }),
      );
      if (!isGone) throw notFound('file');
      await letGo(file.sha256);
      return present(file);
    },
  };
}

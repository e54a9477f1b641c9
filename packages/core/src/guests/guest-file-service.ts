import {
  encodeGuestCursor,
  type GuestFile,
  type GuestFileId,
  type GuestFilePage,
  type guestListInputSchema,
  uploadInputSchema,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedCampaign, authorizedClient } from '../access/authorized.ts';
import type { Action } from '../access/permission.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, notFound } from '../app-error.ts';
import { campaignOfClient } from '../assets/campaign-of-client.ts';
import { recordChange } from '../audit/record-change.ts';
import { assertWhole } from '../health/assert-whole.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { assetNameOf } from '../uploads/file-name.ts';
import type { Ingested } from '../uploads/settle-bytes.ts';
import type { UploadService } from '../uploads/upload-service.ts';
import type { GuestFileRecord } from './guest-file-repository.ts';

/** A file whose bytes are still here. */
type HeldFile = GuestFileRecord & { readonly blob: NonNullable<GuestFileRecord['blob']> };

/** What guests sent, for those who decide about it. Every method fails with `not_found` where the caller may not. */
export interface GuestFileService {
  /** Those that wait first, then the newest first. */
  list(caller: Caller, input: z.output<typeof guestListInputSchema>): Promise<GuestFilePage>;
  /** Where the bytes are of one that was not refused. */
  file(caller: Caller, id: GuestFileId): Promise<HeldFile>;
  /**
   * Makes it an asset of the one who accepts it, through the same door as every upload: the scan, the client's quota and duplicates are
   * looked at now. Fails with `conflict` when somebody decided before, and as `UploadService.ingest` does; then it goes on waiting.
   */
  accept(caller: Caller, id: GuestFileId): Promise<Ingested>;
  /** Lets go of the bytes. Fails with `conflict` when somebody decided before. */
  refuse(caller: Caller, id: GuestFileId): Promise<GuestFile>;
}

function present({ blob: _blob, createdAt, decidedAt, ...file }: GuestFileRecord): GuestFile {
  return {
    ...file,
    createdAt: toTimestamp(createdAt),
    decidedAt: decidedAt === null ? null : toTimestamp(decidedAt),
  };
}

const decided = () =>
  new AppError('conflict', 'Somebody has decided about this file. Look at the list again.');

async function authorizedFile(
  readers: Readers,
  { actor }: Caller,
  { id, action }: { readonly id: GuestFileId; readonly action: Action },
): Promise<GuestFileRecord> {
  assertCredential(actor, action);
  const file = await readers.guestFiles.find(id);
  if (!file) throw notFound('file');
  try {
    await authorizedCampaign(readers, { actor, action, id: file.campaignId });
  } catch (error) {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('file') : error;
  }
  return file;
}

/** What the log keeps of it. */
function audited({ blob, ...file }: GuestFileRecord) {
  return { ...file, sha256: blob?.sha256 ?? null };
}

export function createGuestFileService(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock' | 'blobs' | 'staging'>,
  uploads: Pick<UploadService, 'ingest'>,
): GuestFileService {
  const { database, clock, blobs, staging } = dependencies;

  async function held(caller: Caller, id: GuestFileId, action: Action): Promise<HeldFile> {
    const file = await database.read((readers) => authorizedFile(readers, caller, { id, action }));
    const { blob } = file;
    if (!blob) throw action === 'guest.read' ? notFound('file') : decided();
    assertWhole(blob.damage, file.fileName);
    return { ...file, blob };
  }

  return {
    list: ({ actor }, { clientId, campaignId, cursor, limit }) =>
      database.read(async (readers) => {
        const action = 'guest.read';
        if (campaignId) await campaignOfClient(readers, { actor, action, clientId, campaignId });
        else await authorizedClient(readers, { actor, action, id: clientId });
        const query = { clientId, campaignId, after: cursor, limit: limit + 1 };
        const files = await readers.guestFiles.list(query);
        const page = files.slice(0, limit);
        const last = files.length > limit ? page.at(-1) : undefined;
        const end = last && { waits: last.state === 'waiting', at: last.createdAt, id: last.id };
        return { items: page.map(present), nextCursor: end ? encodeGuestCursor(end) : null };
      }),

    file: (caller, id) => held(caller, id, 'guest.read'),

    async accept(caller, id) {
      const before = await held(caller, id, 'guest.write');
      if (before.state !== 'waiting') throw decided();
      const { clientId, campaignId, fileName, sender, size, blob } = before;
      const source = await blobs.byName(blob.store).open(blob.sha256);
      const staged = await staging.receive(source, { maxBytes: size });
      if (staged.sha256 !== blob.sha256) {
        await staging.discard(staged);
        assertWhole('wrong_bytes', fileName);
      }
      const name = assetNameOf(fileName);
      return uploads.ingest(caller, {
        fields: uploadInputSchema.parse({ clientId, campaignId, name, note: `From ${sender}` }),
        fileName,
        staged,
        async within(writers, { asset }) {
          const at = clock.now();
          const decision = { id, assetId: asset.id, by: caller.actor.userId, at };
          if (!(await writers.guestFiles.decide(decision))) throw decided();
          await recordChange(writers, caller, at, {
            action: 'guestFile.accept',
            target: { type: 'guestFile', id },
            clientId,
            before: audited(before),
            after: { ...audited(before), state: 'accepted', assetId: asset.id, decidedAt: at },
          });
        },
      });
    },

    refuse: (caller, id) =>
      database.transaction(async (writers) => {
        const before = await authorizedFile(writers, caller, { id, action: 'guest.write' });
        const at = clock.now();
        const decision = { id, assetId: null, by: caller.actor.userId, at };
        if (before.blob) await writers.blobs.lock(before.blob.sha256);
        if (!(await writers.guestFiles.decide(decision))) throw decided();
        if (before.blob) await writers.collector.mark({ sha256s: [before.blob.sha256], at });
        const after = { ...before, state: 'refused', blob: null, decidedAt: at } as const;
        await recordChange(writers, caller, at, {
          action: 'guestFile.refuse',
          target: { type: 'guestFile', id },
          clientId: before.clientId,
          before: audited(before),
          after: audited(after),
        });
        return present(after);
      }),
  };
}

import { Transform } from 'node:stream';
import type { Import, ImportId, importCreateInputSchema } from '@vitrine/schema';
import { uploadInputSchema } from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { AppError, notFound } from '../app-error.ts';
import { campaignOfClient } from '../assets/campaign-of-client.ts';
import { completeOnce } from '../idempotency/complete-once.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { StagedBlob } from '../ports/blob-store.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { UploadService } from '../uploads/upload-service.ts';
import type { ImportPlace, ImportTask } from './import-repository.ts';

type Create = z.output<typeof importCreateInputSchema>;

/** How often the bytes that came are written down, in milliseconds. */
const progressMs = 1000;
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Fetching from addresses, in the background. */
export interface ImportService {
  /** Queues the addresses. Fails with `not_found` or `campaign_client_mismatch`, and then fetches none of them. */
  create(caller: Caller, input: Create): Promise<Import>;
  /** How far it has come. Fails with `not_found`. */
  get(caller: Caller, id: ImportId): Promise<Import>;
  /** Fetches one address, for the queue; safe to be done again. Rejects when another try may help. */
  fetch(place: ImportPlace, options: { readonly signal: AbortSignal; readonly last: boolean }): Promise<void>;
  /** Notes an address whose process died each time. */
  giveUp(place: ImportPlace): Promise<void>;
  /** Forgets imports that ended a month ago; answers how many. */
  prune(): Promise<number>;
}

export function createImportService(
  { database, clock, ids, staging, remoteFiles, maxUploadBytes }: ServiceDependencies,
  uploads: UploadService,
): ImportService {
  async function fail(place: ImportPlace, error: AppError): Promise<void> {
    const { code, message: detail } = error;
    await database.transaction((writers) =>
      writers.imports.finish({ ...place, end: { error: { code, detail } }, at: clock.now() }),
    );
  }

  /** Who the import works for, as they are now. */
  async function actorOf({ userId, scopes, fields }: ImportTask, { importId }: ImportPlace): Promise<Actor> {
    const user = await database.read((readers) => readers.users.find(userId));
    if (!user) throw new AppError('unauthenticated', 'The user who asked for this import is gone.');
    const { role } = user;
    return scopes === null
      ? { kind: 'user', userId, role }
      : { kind: 'api_key', userId, role, scopes, clientIds: [fields.clientId], keyId: `import:${importId}` };
  }

  /** Receives the file, with its progress written down now and then. */
  async function receive(
    task: ImportTask,
    place: ImportPlace,
    signal: AbortSignal,
  ): Promise<{ staged: StagedBlob; fileName: string }> {
    const { stream, size: totalBytes, fileName } = await remoteFiles.open(task.url, { signal });
    if (totalBytes !== null && totalBytes > maxUploadBytes) {
      stream.destroy();
      throw new AppError(
        'too_large',
        `The file has ${totalBytes} bytes; the limit is ${maxUploadBytes} bytes.`,
      );
    }
    let receivedBytes = 0;
    let noted = 0;
    const counted = stream.pipe(
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          receivedBytes += chunk.length;
          const now = clock.now();
          if (now - noted < progressMs) return done(null, chunk);
          noted = now;
          database
            .transaction((writers) => writers.imports.progress({ ...place, receivedBytes, totalBytes }))
            .then(() => done(null, chunk), done);
        },
      }),
    );
    stream.once('error', (error) => counted.destroy(error));
    counted.once('close', () => stream.destroy());
    const staged = await staging.receive(counted, { maxBytes: maxUploadBytes, signal });
    return { staged, fileName };
  }

  return {
    async create(caller, { clientId, items }) {
      const { actor } = caller;
      const at = clock.now();
      const id = ids.import();
      return database.transaction(async (writers) => {
        if (items.some((item) => !item.campaignId)) {
          await authorizedClient(writers, { actor, action: 'asset.create', id: clientId });
        }
        for (const campaignId of new Set(items.flatMap((item) => item.campaignId ?? []))) {
          await campaignOfClient(writers, { actor, action: 'asset.create', clientId, campaignId });
        }
        await writers.imports.insert({
          id,
          clientId,
          userId: actor.userId,
          scopes: actor.kind === 'api_key' ? actor.scopes : null,
          items: items.map(({ url, ...fields }) => ({ url, fields: { ...fields, clientId } })),
          at,
        });
        for (const position of items.keys())
          await enqueueJob(writers, 'import.fetch', { importId: id, position }, { at });
        await completeOnce(writers, caller, { type: 'import', id });
        const made = await writers.imports.find(id);
        if (!made) throw new Error(`The import ${id} is not there after it was written.`);
        return made;
      });
    },

    get({ actor }, id) {
      return database.read(async (readers) => {
        const found = await readers.imports.find(id);
        if (!found) throw notFound('import');
        try {
          // Whose import it is may ask after it; of others' those may who may see all that came of them.
          const asker = await readers.imports.task({ importId: id, position: 0 });
          const action = asker?.userId === actor.userId ? 'asset.list' : 'asset.hide';
          await authorizedClient(readers, { actor, action, id: found.clientId });
        } catch (error) {
          throw error instanceof AppError && error.code === 'not_found' ? notFound('import') : error;
        }
        return found;
      });
    },

    async fetch(place, { signal, last }) {
      const task = await database.read((readers) => readers.imports.task(place));
      if (!task || task.finished) return;
      const fields = uploadInputSchema.parse(task.fields);
      try {
        const caller: Caller = {
          actor: await actorOf(task, place),
          requestId: place.importId,
          address: null,
        };
        await uploads.authorize(caller, fields);
        await database.transaction((writers) =>
          writers.imports.progress({ ...place, receivedBytes: 0, totalBytes: null }),
        );
        const { staged, fileName } = await receive(task, place, signal);
        await uploads.ingest(caller, {
          fields,
          fileName,
          staged,
          sourceUrl: task.url,
          within: async (writers, { outcome, asset }) => {
            const end = { outcome, assetId: asset.id };
            await writers.imports.finish({ ...place, end, at: clock.now() });
          },
        });
      } catch (error) {
        if (signal.aborted) throw error;
        if (!(error instanceof AppError)) {
          if (last)
            await fail(place, new AppError('internal', 'The server met an error that it did not expect.'));
          throw error;
        }
        const mayPass = error.code === 'fetch_failed' || error.code === 'unavailable';
        if (mayPass && !last) throw error;
        await fail(place, error);
      }
    },

    giveUp: (place) =>
      fail(place, new AppError('internal', 'The server ended each time it worked on this file.')),

    prune() {
      return database.transaction((writers) => writers.imports.prune(clock.now() - keptMs));
    },
  };
}

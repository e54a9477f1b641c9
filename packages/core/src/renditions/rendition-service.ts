import {
  type AssetFacts,
  type AssetId,
  type Preset,
  presetsOf,
  type RenditionStage,
  renditionStages,
  type Sha256,
} from '@vitrine/schema';
import type { Actor, Caller } from '../access/actor.ts';
import { authorizedAsset, lookInVain } from '../access/authorized.ts';
import { mayRead } from '../access/may-read.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, invalidField, notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { assertWhole } from '../health/assert-whole.ts';
import type { BlobStoreName } from '../ports/blob-store.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { enqueueRenditions } from './enqueue-renditions.ts';
import type { MakeRequest, RenditionMaker } from './rendition-maker.ts';
import type { RenditionRow } from './rendition-repository.ts';

/** The bytes of a rendition, and what they are served as. */
export interface ServedRendition {
  readonly assetId: AssetId;
  /** The asset's. */
  readonly name: string;
  readonly version: number;
  readonly preset: Preset;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  /** Milliseconds. */
  readonly madeAt: number;
}

/** How far each preset of an asset is. */
export interface RenditionOverview {
  readonly assetId: AssetId;
  readonly version: number;
  readonly facts: AssetFacts;
  /** Where the user wants the poster to be taken. */
  readonly posterMs: number | null;
  /** Every preset that the asset has; null where it is pending. */
  readonly items: readonly { readonly preset: Preset; readonly row: RenditionRow | null }[];
}

interface Wanted {
  readonly id: AssetId;
  readonly preset: Preset;
  readonly version?: number | undefined;
}

/** What is made of assets. Every method fails with `not_found` for what the caller may not see. */
export interface RenditionService {
  list(caller: Caller, id: AssetId): Promise<RenditionOverview>;
  /**
   * A rendition of a version (left out: the current one), made now when it is pending. Fails with `invalid_input` for a preset that the
   * asset does not have (the message names those it has), `rendition_failed` with the reason, and `unavailable` when too
   * much is being made.
   */
  file(caller: Caller, wanted: Wanted): Promise<ServedRendition>;
  /** Makes failed ones pending and queues them again. */
  retry(caller: Caller, id: AssetId): Promise<RenditionOverview>;
  /** Takes a video's poster at this time, or where it shows something first. Fails with `invalid_input` outside the video. */
  setPoster(
    caller: Caller,
    choice: { readonly id: AssetId; readonly timeMs: number | null },
  ): Promise<RenditionOverview>;
  /** What the background job does. On the last try it gives up in writing. */
  make(request: Omit<MakeRequest, 'urgent'>, tries: { readonly last: boolean }): Promise<void>;
  /** Marks what is still missing as failed, when the server ended each time while it was made. */
  giveUp(request: Pick<MakeRequest, 'assetId' | 'version' | 'stage'>): Promise<void>;
  /** Queues what has no `thumb` and no job: libraries from before there were renditions. Answers how many. */
  queueMissing(): Promise<number>;
}

/** More requests than this do not wait at once for something to be made. */
const maxWaiting = 64;
const pageSize = 200;

function stageOf(facts: AssetFacts, preset: Preset): RenditionStage {
  const presets = presetsOf(facts);
  const stage = renditionStages.find((name) => presets[name].includes(preset));
  if (stage) return stage;
  const known = [...presets.first, ...presets.rest].join(', ');
  throw invalidField(['size'], `This ${facts.type} has ${known}; there is no '${preset}'.`);
}

export function createRenditionService(
  { database, clock }: ServiceDependencies,
  maker: RenditionMaker,
): RenditionService {
  let waiting = 0;

  async function find(actor: Actor, { id, preset, version }: Wanted) {
    return database.read(async (readers) => {
      const found = await readers.renditions.find({ assetId: id, preset, version });
      const mayBeServed = found ? await mayRead(readers, actor, found) : await lookInVain(readers, actor);
      if (!found || !mayBeServed) throw notFound('asset');
      return found;
    });
  }

  async function makeNow(request: Omit<MakeRequest, 'urgent' | 'remake'>): Promise<void> {
    if (waiting >= maxWaiting) {
      throw new AppError(
        'unavailable',
        'Too much is being made at this moment. Ask again in a few seconds.',
        {
          retryAfterSeconds: 3,
        },
      );
    }
    waiting++;
    try {
      await maker.make({ ...request, remake: false, urgent: true });
    } finally {
      waiting--;
    }
  }

  async function listed(id: AssetId): Promise<RenditionOverview> {
    return database.read(async (readers) => {
      const source = await readers.renditions.source({ assetId: id });
      if (!source) throw notFound('asset');
      const { version, facts, posterMs } = source;
      const rows = await readers.renditions.of({ assetId: id, version });
      const presets = presetsOf(facts);
      const items = [...presets.first, ...presets.rest].map((preset) => ({
        preset,
        row: rows.find((row) => row.preset === preset) ?? null,
      }));
      return { assetId: id, version, facts, posterMs, items };
    });
  }

  return {
    async list({ actor }, id) {
      await database.read((readers) => authorizedAsset(readers, { actor, action: 'asset.read', id }));
      return listed(id);
    },

    async file({ actor }, wanted) {
      assertCredential(actor, 'asset.read');
      const found = await find(actor, wanted);
      const stage = stageOf(found.facts, wanted.preset);
      const { assetId, version } = found;
      if (!found.rendition) await makeNow({ assetId, version, stage });
      const { name, rendition, damage } = found.rendition ? found : await find(actor, wanted);
      if (!rendition) {
        throw new AppError('unavailable', 'It is not made yet. Ask again in a few seconds.', {
          retryAfterSeconds: 3,
        });
      }
      if (rendition.state === 'failed') throw new AppError('rendition_failed', rendition.reason);
      assertWhole(damage, 'this preview');
      return { ...rendition, assetId, name, version };
    },

    async retry(caller, id) {
      const { actor } = caller;
      const at = clock.now();
      await database.transaction(async (writers) => {
        const asset = await authorizedAsset(writers, { actor, action: 'asset.update', id });
        const source = await writers.renditions.source({ assetId: id });
        if (!source) throw notFound('asset');
        const forgotten = await writers.renditions.forgetFailed({ assetId: id, version: source.version });
        if (forgotten.length === 0) return;
        await enqueueRenditions(writers, { ...source, at });
        await recordChange(writers, caller, at, {
          action: 'asset.retryRenditions',
          target: { type: 'asset', id, campaignId: asset.campaignId },
          clientId: asset.clientId,
          after: { presets: forgotten },
        });
      });
      return listed(id);
    },

    async setPoster(caller, { id, timeMs }) {
      const { actor } = caller;
      const at = clock.now();
      await database.transaction(async (writers) => {
        const asset = await authorizedAsset(writers, { actor, action: 'asset.update', id });
        const source = await writers.renditions.source({ assetId: id });
        if (!source) throw notFound('asset');
        if (source.facts.type !== 'video')
          throw new AppError(
            'type_mismatch',
            `Only a video has a poster; this is of the kind '${asset.type}'.`,
          );
        const { durationMs } = source.facts;
        if (timeMs !== null && timeMs > durationMs)
          throw invalidField(['timeMs'], `The video ends at ${durationMs} ms.`);
        if (timeMs === source.posterMs) return;
        const { version } = source;
        await writers.renditions.setPosterTime({ assetId: id, version, posterMs: timeMs });
        await enqueueRenditions(writers, { ...source, at, remake: true, stages: ['first'] });
        await recordChange(writers, caller, at, {
          action: 'asset.setPoster',
          target: { type: 'asset', id, campaignId: asset.campaignId },
          clientId: asset.clientId,
          before: { posterMs: source.posterMs },
          after: { posterMs: timeMs },
        });
      });
      return listed(id);
    },

    async make(request, { last }) {
      try {
        await maker.make({ ...request, urgent: false });
      } catch (error) {
        // The server stops: the job waits for the next start, and nothing has failed.
        if (last && !request.signal?.aborted) {
          const why = error instanceof AppError ? error.message : 'The server could not finish it.';
          await maker.giveUp(request, `${why} It was tried several times; try again by hand.`);
        }
        throw error;
      }
    },

    giveUp: (request) =>
      maker.giveUp(request, 'The server ended each time while this was being made. Try again by hand.'),

    async queueMissing() {
      let queued = 0;
      for (let after: AssetId | null = null; ; ) {
        const page = await database.read((readers) => readers.renditions.unmade({ after, limit: pageSize }));
        if (page.length === 0) return queued;
        const at = clock.now();
        queued += await database.transaction(async (writers) => {
          let count = 0;
          for (const version of page) {
            const source = await writers.renditions.source(version);
            if (!source) continue;
            await enqueueRenditions(writers, { ...source, at });
            count++;
          }
          return count;
        });
        after = page.at(-1)?.assetId ?? null;
      }
    },
  };
}

import { Readable } from 'node:stream';
import { type AssetId, type Change, type Preset, presetsOf, type RenditionStage } from '@vitrine/schema';
import { assertWhole } from '../health/assert-whole.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Rendered } from '../ports/media-renderer.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { StoredBlob } from '../uploads/blob-repository.ts';
import { withStored } from '../uploads/store-staged.ts';
import { withLocalFile } from './local-file.ts';
import type { RenditionRow, RenditionSource } from './rendition-repository.ts';

export interface MakeRequest {
  readonly assetId: AssetId;
  readonly version: number;
  readonly stage: RenditionStage;
  /** Also what is ready: the user has chosen another poster. */
  readonly remake: boolean;
  /** Somebody is waiting. */
  readonly urgent: boolean;
  readonly signal?: AbortSignal;
}

/** Makes what is missing of a stage and keeps each rendition as soon as it is made. */
export interface RenditionMaker {
  /**
   * Resolves when every preset of the stage is ready or failed, or the asset has gone. Several calls for one stage of one
   * version share one making. Rejects only for what is not the file's fault (no process, no room, no blob).
   */
  make(request: MakeRequest): Promise<void>;
  /** Gives up on a stage: what is still missing is failed from now on, for this reason. */
  giveUp(request: Pick<MakeRequest, 'assetId' | 'version' | 'stage'>, reason: string): Promise<void>;
}

type Made = Exclude<Rendered, { state: 'failed' }>;

export function createRenditionMaker(dependencies: ServiceDependencies): RenditionMaker {
  const { database, clock, staging, blobs, renderer } = dependencies;
  const underWay = new Map<string, Promise<void>>();

  /** The version and the presets of the stage that are still to be made; null when there is nothing to do. */
  async function openWork({ assetId, version, stage, remake }: Omit<MakeRequest, 'urgent' | 'signal'>) {
    return database.read(async (readers) => {
      const source = await readers.renditions.source({ assetId, version });
      if (!source) return null;
      const made = remake ? [] : await readers.renditions.of({ assetId, version });
      const missing = presetsOf(source.facts)[stage].filter(
        (preset) => !made.some((row) => row.preset === preset),
      );
      return missing.length > 0 ? { source, missing } : null;
    });
  }

  function rowOf(rendered: Made, { known: _known, ...blob }: StoredBlob): RenditionRow {
    const { preset } = rendered;
    const made = { state: 'ready', preset, ...blob, madeAt: clock.now() } as const;
    switch (rendered.state) {
      case 'image': {
        const { mimeType, width, height, thumbhash } = rendered;
        return { ...made, mimeType, width, height, thumbhash };
      }
      case 'peaks': {
        const nothing = { width: null, height: null, thumbhash: null };
        return { ...made, mimeType: 'application/octet-stream', ...nothing };
      }
      default:
        return rendered satisfies never;
    }
  }

  /** Stores what was rendered, and keeps it if it is still wanted. */
  async function keepRendered(source: RenditionSource, rendered: Rendered): Promise<boolean> {
    if (rendered.state === 'failed') {
      const { preset, reason } = rendered;
      return keep(source, { state: 'failed', preset, reason, madeAt: clock.now() }, null);
    }
    const bytes = Readable.from([rendered.bytes], { objectMode: false });
    const staged = await staging.receive(bytes, { maxBytes: rendered.bytes.byteLength });
    try {
      return await withStored(dependencies, staged, (blob) => keep(source, rowOf(rendered, blob), blob));
    } finally {
      await staging.discard(staged);
    }
  }

  /** False when it is not wanted any more: the asset has gone, or its poster is to be taken elsewhere by now. */
  async function keep(source: RenditionSource, row: RenditionRow, blob: StoredBlob | null): Promise<boolean> {
    const { assetId, version, clientId, campaignId, facts } = source;
    return database.transaction(async (writers) => {
      const now = await writers.renditions.source({ assetId, version });
      if (!now || now.posterMs !== source.posterMs) return false;
      if (blob) await writers.blobs.ensure({ ...blob, at: row.madeAt });
      await writers.renditions.put({ assetId, version, type: facts.type }, row);
      await writers.changes.append({
        ...(row.state === 'ready'
          ? { kind: 'rendition.ready' as const }
          : { kind: 'rendition.failed' as const, reason: row.reason }),
        at: toTimestamp(row.madeAt),
        clientId,
        campaignId,
        assetId,
        version,
        preset: row.preset,
      } satisfies Change);
      return true;
    });
  }

  async function run(request: MakeRequest): Promise<void> {
    const { stage, urgent, signal } = request;
    const work = await openWork(request);
    if (!work) return;
    const { source, missing } = work;
    // What is made of wrong bytes would be kept as if it were of the right ones.
    assertWhole(source.damage);
    const wanted = new Set<Preset>(missing);
    const store = blobs.byName(source.store);
    await withLocalFile(staging, { ...source, store, ...(signal && { signal }) }, async (path) => {
      const file = { path, size: source.size, facts: source.facts };
      const options = { stage, urgent, posterMs: source.posterMs, ...(signal && { signal }) };
      for await (const rendered of renderer.render(file, options)) {
        if (!wanted.delete(rendered.preset)) continue;
        if (!(await keepRendered(source, rendered))) return;
      }
      if (wanted.size > 0) throw new Error(`The renderer said nothing of ${[...wanted].join(', ')}.`);
    });
  }

  return {
    async make(request) {
      const key = `${request.assetId} ${request.version} ${request.stage}`;
      const running = underWay.get(key);
      if (running && !request.remake) return running;
      // A remake begins when the other has ended: it may have read the old choice.
      const made = (running?.catch(() => {}) ?? Promise.resolve()).then(() => run(request));
      underWay.set(key, made);
      try {
        await made;
      } finally {
        if (underWay.get(key) === made) underWay.delete(key);
      }
    },

    async giveUp(request, reason) {
      const work = await openWork({ ...request, remake: false });
      for (const preset of work?.missing ?? []) {
        if (!work) return;
        await keep(work.source, { state: 'failed', preset, reason, madeAt: clock.now() }, null);
      }
    },
  };
}

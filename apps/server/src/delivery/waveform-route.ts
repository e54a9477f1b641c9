import { invalidField, type Services } from '@vitrine/core';
import { readPeaks, type Sha256 } from '@vitrine/schema';
import { LRUCache } from 'lru-cache';
import type { BlobBodies, WantedBlob } from './blob-bodies.ts';
import type { Deliverable } from './deliverable.ts';
import type { DeliveryRoute } from './delivery-route.ts';
import { renditionName } from './rendition-name.ts';

const rememberedBytes = 8 * 1024 * 1024;

/** Peaks as they are stored, or as JSON. */
function formatOf(query: URLSearchParams): 'json' | 'dat' {
  const format = query.get('format') ?? 'json';
  if (format === 'json' || format === 'dat') return format;
  throw invalidField(['format'], 'must be json or dat');
}

/** Reads stored peaks as JSON, each blob once as long as there is room to remember it. */
function createPeaksAsJson(bodies: BlobBodies): (blob: WantedBlob) => Promise<Buffer> {
  const known = new LRUCache<Sha256, Buffer>({
    maxSize: rememberedBytes,
    sizeCalculation: (json) => json.length,
  });
  return async (blob) => {
    const json = known.get(blob.sha256) ?? Buffer.from(JSON.stringify(readPeaks(await bodies.read(blob))));
    known.set(blob.sha256, json);
    return json;
  };
}

/** `/api/v2/assets/{id}/waveform`: the peaks of a sound, as JSON or (`?format=dat`) in audiowaveform's binary format. */
export function waveformRoute(
  { renditions }: Pick<Services, 'renditions'>,
  bodies: BlobBodies,
): DeliveryRoute {
  const asJson = createPeaksAsJson(bodies);
  return {
    endings: ['/waveform'],
    permission: 'asset.read',
    bytesOf: () => 'waveform',
    async find(caller, { id, version: wanted, query }): Promise<Deliverable> {
      const format = formatOf(query);
      const made = await renditions.file(caller, { id, preset: 'waveform', version: wanted });
      const { sha256, version, store, size } = made;
      const common = {
        fileName: renditionName(made.name, `peaks.${format}`),
        sha256,
        version,
        lastModified: new Date(made.madeAt).toUTCString(),
      };
      switch (format) {
        case 'dat':
          return {
            ...common,
            content: { kind: 'blob', sha256, store },
            size,
            mimeType: 'application/octet-stream',
            inline: false,
            etag: `"${sha256}"`,
          };
        case 'json': {
          const bytes = await asJson({ sha256, store, size });
          return {
            ...common,
            content: { kind: 'bytes', bytes },
            size: bytes.length,
            mimeType: 'application/json',
            // Nothing but numbers that this server has written.
            inline: true,
            etag: `"${sha256}-json"`,
          };
        }
        default:
          return format satisfies never;
      }
    },
  };
}

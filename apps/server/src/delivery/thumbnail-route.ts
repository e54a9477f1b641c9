import { type Caller, invalidField, type Services } from '@vitrine/core';
import { type AssetId, type Preset, presetSchema, presetsOf } from '@vitrine/schema';
import type { DeliveryRoute } from './delivery-route.ts';
import { renditionName } from './rendition-name.ts';

/** The picture that a query names; null for a name of none. */
function pictureOf(query: URLSearchParams): Exclude<Preset, 'waveform'> | null {
  const preset = presetSchema.safeParse(query.get('size') ?? 'thumb');
  return preset.success && preset.data !== 'waveform' ? preset.data : null;
}

/** Fails with `not_found` for what the caller may not see, and otherwise tells which pictures there are. */
async function refuse(
  { renditions }: Pick<Services, 'renditions'>,
  caller: Caller,
  id: AssetId,
): Promise<never> {
  const { facts } = await renditions.list(caller, id);
  const presets = presetsOf(facts);
  const pictures = [...presets.first, ...presets.rest].filter((preset) => preset !== 'waveform');
  throw invalidField(['size'], `must be one of ${pictures.join(', ')} for this ${facts.type}`);
}

/** `/api/v2/assets/{id}/thumbnail?size=`: a picture of the asset, made now if nobody has needed it before. */
export function thumbnailRoute(services: Pick<Services, 'renditions'>): DeliveryRoute {
  return {
    endings: ['/thumbnail'],
    permission: 'asset.read',
    bytesOf: pictureOf,
    async find(caller, { id, version: wanted, query }) {
      const preset = pictureOf(query);
      if (preset === null) return refuse(services, caller, id);
      const { sha256, store, size, mimeType, name, version, madeAt } = await services.renditions.file(
        caller,
        { id, preset, version: wanted },
      );
      return {
        content: { kind: 'blob', sha256, store },
        size,
        mimeType,
        fileName: renditionName(name, `${preset}.${mimeType.replace(/^image\//, '')}`),
        // Pixels that this server has encoded itself.
        inline: true,
        sha256,
        version,
        etag: `"${sha256}"`,
        lastModified: new Date(madeAt).toUTCString(),
      };
    },
  };
}

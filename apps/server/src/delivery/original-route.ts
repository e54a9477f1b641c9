import type { AssetFile, Services } from '@vitrine/core';
import type { DeliveryRoute } from './delivery-route.ts';

/** Shown in place. SVG can hold scripts and text can be taken for HTML, so those are only ever downloaded. */
function mayShowInline({ type, format }: AssetFile): boolean {
  switch (type) {
    case 'image':
      return format !== 'svg';
    case 'video':
    case 'audio':
      return true;
    case 'document':
      return format === 'pdf';
    default:
      return type satisfies never;
  }
}

/** `/api/v2/assets/{id}` and `/{id}/data`: the file itself. */
export function originalRoute({ assets }: Pick<Services, 'assets'>): DeliveryRoute {
  return {
    endings: ['', '/data'],
    permission: 'asset.read',
    bytesOf: () => 'original',
    async find(caller, { id, version }) {
      const file = await assets.file(caller, id, version);
      const { sha256, store, size, mimeType, name } = file;
      return {
        content: { kind: 'blob', sha256, store },
        size,
        mimeType,
        fileName: name,
        inline: mayShowInline(file),
        sha256,
        version: null,
        etag: `"${sha256}"`,
        lastModified: new Date(file.uploadedAt).toUTCString(),
      };
    },
  };
}

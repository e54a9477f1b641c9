import type { AssetFile, Services } from '@vitrine/core';
import type { DeliveryRoute } from './delivery-route.ts';
import type { StillPdfs } from './still-pdfs.ts';

/**
 * Shown in place. SVG can hold scripts and text can be taken for HTML, so those are only ever downloaded, and so is a PDF that would
 * run something: browsers' readers do what it says.
 */
async function mayShowInline(file: AssetFile, stillPdfs: StillPdfs): Promise<boolean> {
  const { type, format } = file;
  switch (type) {
    case 'image':
      return format !== 'svg';
    case 'video':
    case 'audio':
      return true;
    case 'document':
      return format === 'pdf' && (await stillPdfs.isStill(file));
    default:
      return type satisfies never;
  }
}

/** `/api/v2/assets/{id}` and `/{id}/data`: the file itself. */
export function originalRoute({ assets }: Pick<Services, 'assets'>, stillPdfs: StillPdfs): DeliveryRoute {
  return {
    endings: ['', '/data'],
    permission: 'asset.read',
    bytesOf: () => 'original',
    async find(caller, { id, version, query }) {
      const file = await assets.file(caller, id, version);
      const { sha256, store, size, mimeType, name } = file;
      return {
        content: { kind: 'blob', sha256, store },
        size,
        mimeType,
        fileName: name,
        inline: !query.has('download') && (await mayShowInline(file, stillPdfs)),
        sha256,
        version: null,
        etag: `"${sha256}"`,
        lastModified: new Date(file.uploadedAt).toUTCString(),
      };
    },
  };
}

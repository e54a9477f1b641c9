import type { AssetFile } from '@vitrine/core';
import { create as contentDisposition } from 'content-disposition';

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

/** The validators by name, since the sender compares them. */
type FileHeaders = Record<string, string> & Record<'ETag' | 'Last-Modified', string>;

/** A user's bytes are hostile until shown otherwise; each header says which attack it stops. */
export function fileHeaders(file: AssetFile, download: boolean): FileHeaders {
  const inline = mayShowInline(file) && !download;
  // A sandboxed PDF does not open in browsers' viewers, which have no access to our origin anyway.
  const sandbox = file.format === 'pdf' ? '' : 'sandbox; ';
  return {
    'Content-Type': file.mimeType,
    'Content-Disposition': contentDisposition(file.name, { type: inline ? 'inline' : 'attachment' }),
    // Guessing another type than ours would turn an image into a page.
    'X-Content-Type-Options': 'nosniff',
    // If the bytes are opened as a page all the same: no scripts, no origin, nothing loaded.
    'Content-Security-Policy': `${sandbox}default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'`,
    // Other sites can neither embed nor read them.
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Shared caches must not keep what only this user may see.
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: `"${file.sha256}"`,
    'Last-Modified': new Date(file.uploadedAt).toUTCString(),
  };
}

import { create as contentDisposition } from 'content-disposition';
import type { Deliverable } from './deliverable.ts';

export interface DeliveryHeadersOptions {
  readonly download: boolean;
  readonly cacheControl: string;
}

/** What every answer of bytes says, whichever it is. A user's bytes are hostile until shown otherwise. */
export const hostileBytesHeaders = {
  // Guessing another type than ours would turn an image into a page.
  'X-Content-Type-Options': 'nosniff',
  // Other sites can neither embed nor read them.
  'Cross-Origin-Resource-Policy': 'same-origin',
  // A page or PDF opened from a signed address must not tell the address to the sites it links to.
  'Referrer-Policy': 'no-referrer',
} as const;

// If the bytes are opened as a page all the same: no scripts, no origin, nothing loaded, framed by nobody else.
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
const sandboxed = `sandbox; ${policy}`;

/** The headers of a whole answer; each says which attack it stops. */
export function deliveryHeaders(
  file: Deliverable,
  { download, cacheControl }: DeliveryHeadersOptions,
): Record<string, string> {
  return {
    'Content-Type': file.mimeType,
    'Content-Disposition': contentDisposition(file.fileName, {
      // SVG can hold scripts and text can be taken for HTML, so those are only ever downloaded.
      type: file.inline && !download ? 'inline' : 'attachment',
    }),
    // A sandboxed PDF does not open in browsers' viewers, which have no access to our origin anyway.
    'Content-Security-Policy': file.mimeType === 'application/pdf' ? policy : sandboxed,
    ...hostileBytesHeaders,
    // Shared caches must not keep what only this user may see.
    'Cache-Control': cacheControl,
    'Accept-Ranges': 'bytes',
    ETag: file.etag,
    'Last-Modified': new Date(file.modifiedAt).toUTCString(),
  };
}

import { create as contentDisposition } from 'content-disposition';
import type { Deliverable } from './deliverable.ts';

/** Names and values in turn, as Node takes them: lists are joined more cheaply than objects. */
export type HeaderList = readonly string[];

/** What every answer of bytes says, whichever it is. A user's bytes are hostile until shown otherwise. */
export const hostileBytesHeaders: HeaderList = [
  // Guessing another type than ours would turn an image into a page.
  'X-Content-Type-Options',
  'nosniff',
  // Other sites can neither embed nor read them.
  'Cross-Origin-Resource-Policy',
  'same-origin',
  // A page or PDF opened from a signed address must not tell the address to the sites it links to.
  'Referrer-Policy',
  'no-referrer',
];

// If the bytes are opened as a page all the same: no scripts, no origin, nothing loaded, framed by nobody else.
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
const sandboxed = `sandbox; ${policy}`;

/** The headers that say what the bytes are; each says which attack it stops. How long they may be kept, the sender adds. */
export function deliveryHeaders(file: Deliverable, { download }: { readonly download: boolean }): HeaderList {
  return [
    'Content-Type',
    file.mimeType,
    'Content-Disposition',
    contentDisposition(file.fileName, { type: file.inline && !download ? 'inline' : 'attachment' }),
    // A sandboxed PDF does not open in browsers' readers; what would run something there is not shown in place.
    'Content-Security-Policy',
    file.mimeType === 'application/pdf' ? policy : sandboxed,
    ...hostileBytesHeaders,
    'Accept-Ranges',
    'bytes',
    'ETag',
    file.etag,
    'Last-Modified',
    file.lastModified,
  ];
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteRange } from '@vitrine/core';
import type { BlobBodies } from './blob-bodies.ts';
import { type Body, bytesBody } from './body.ts';
import type { Deliverable } from './deliverable.ts';
import { deliveryHeaders, hostileBytesHeaders } from './delivery-headers.ts';
import { notModified } from './not-modified.ts';
import { requestedRange } from './requested-range.ts';

export interface SendOptions {
  readonly download: boolean;
  readonly cacheControl: string;
  /** Headers that are sent whatever the answer is. */
  readonly always: Readonly<Record<string, string>>;
}

function bodyOf({ content, size }: Deliverable, range: ByteRange, bodies: BlobBodies): Promise<Body> | Body {
  switch (content.kind) {
    case 'blob':
      return bodies.open({ ...content, size }, range);
    case 'bytes':
      return bytesBody(content.bytes.subarray(range.start, range.end + 1));
    default:
      return content satisfies never;
  }
}

/**
 * Answers a GET or HEAD with bytes: 200, 206, 304 or 416. Rejects before the headers are out when the bytes cannot be had, and
 * afterwards when the reader went away.
 */
export async function sendDeliverable(
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  { file, bodies, options }: { file: Deliverable; bodies: BlobBodies; options: SendOptions },
): Promise<void> {
  const { always } = options;
  const headers = { ...deliveryHeaders(file, options), ...always };
  const sent = request.headers;
  const validators = { etag: file.etag, lastModified: headers['Last-Modified'] ?? '' };
  const conditions = {
    ifNoneMatch: sent['if-none-match'],
    ifModifiedSince: sent['if-modified-since'],
  };
  if (notModified(conditions, validators)) {
    response.writeHead(304, headers).end();
    return;
  }
  const wanted = requestedRange(
    { range: sent.range, ifRange: sent['if-range']?.toString() },
    { size: file.size, ...validators },
  );
  if (wanted === 'unsatisfiable') {
    const range = { 'Content-Range': `bytes */${file.size}`, 'Accept-Ranges': 'bytes' };
    response.writeHead(416, { ...hostileBytesHeaders, ...range, 'Content-Length': '0', ...always }).end();
    return;
  }
  const range = wanted === 'whole' ? { start: 0, end: file.size - 1 } : wanted;
  headers['Content-Length'] = String(range.end - range.start + 1);
  if (wanted !== 'whole') headers['Content-Range'] = `bytes ${range.start}-${range.end}/${file.size}`;
  const status = wanted === 'whole' ? 200 : 206;
  if (request.method === 'HEAD') {
    response.writeHead(status, headers).end();
    return;
  }
  const body = await bodyOf(file, range, bodies);
  if (response.destroyed) {
    await body.discard();
    return;
  }
  response.writeHead(status, headers);
  await body.sendTo(response);
}

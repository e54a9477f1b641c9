import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { ByteRange } from '@vitrine/core';
import type { BlobBodies } from './blob-bodies.ts';
import { type Body, bytesBody } from './body.ts';
import type { Deliverable } from './deliverable.ts';
import { type HeaderList, hostileBytesHeaders } from './delivery-headers.ts';
import { notModified } from './not-modified.ts';
import { requestedRange } from './requested-range.ts';
import { streamBody } from './stream-body.ts';

export interface SendOptions {
  readonly file: Deliverable;
  /** What the file's own headers are, see `deliveryHeaders`. */
  readonly headers: HeaderList;
  /** Headers that are sent whatever the answer is. */
  readonly standing: HeaderList;
  readonly bodies: BlobBodies;
}

async function streamed(opening: Promise<Readable>): Promise<Body> {
  return streamBody(await opening);
}

function bodyOf({ content, size }: Deliverable, range: ByteRange, bodies: BlobBodies): Promise<Body> | Body {
  switch (content.kind) {
    case 'blob':
      return bodies.open({ ...content, size }, range);
    case 'bytes':
      return bytesBody(content.bytes.subarray(range.start, range.end + 1));
    case 'stream':
      return streamed(content.open(range));
    default:
      return content satisfies never;
  }
}

/**
 * Answers a GET or HEAD with bytes: 200, 206, 304 or 416. Rejects before the headers are out when the bytes cannot be had, and
 * afterwards when the reader went away.
 */
export async function sendDeliverable(
  request: IncomingMessage,
  response: ServerResponse,
  { file, headers, standing, bodies }: SendOptions,
): Promise<void> {
  const sent = request.headers;
  const conditions = { ifNoneMatch: sent['if-none-match'], ifModifiedSince: sent['if-modified-since'] };
  if (notModified(conditions, file)) {
    response.writeHead(304, [...headers, ...standing]).end();
    return;
  }
  const wanted = requestedRange({ range: sent.range, ifRange: sent['if-range']?.toString() }, file);
  if (wanted === 'unsatisfiable') {
    const about = ['Accept-Ranges', 'bytes', 'Content-Range', `bytes */${file.size}`, 'Content-Length', '0'];
    response.writeHead(416, [...hostileBytesHeaders, ...about, ...standing]).end();
    return;
  }
  const whole = wanted === 'whole';
  const range = whole ? { start: 0, end: file.size - 1 } : wanted;
  const all = [...headers, ...standing, 'Content-Length', String(range.end - range.start + 1)];
  if (!whole) all.push('Content-Range', `bytes ${range.start}-${range.end}/${file.size}`);
  const status = whole ? 200 : 206;
  if (request.method === 'HEAD') {
    response.writeHead(status, all).end();
    return;
  }
  const opening = bodyOf(file, range, bodies);
  const body = opening instanceof Promise ? await opening : opening;
  if (response.destroyed) {
    await body.discard();
    return;
  }
  response.writeHead(status, all);
  await body.sendTo(response);
}

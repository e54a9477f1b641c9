import { pipeline } from 'node:stream/promises';
import { type AssetFile, type BlobStores, notFound } from '@vitrine/core';
import { assetIdSchema } from '@vitrine/schema';
import type { Request, Response } from 'express';
import { requestedRange } from './byte-range.ts';
import type { DeclaredRoute } from './declared-route.ts';
import { fileHeaders } from './file-headers.ts';
import { notModified } from './not-modified.ts';
import type { HttpDependencies } from './request-context.ts';

async function send(request: Request, response: Response, file: AssetFile, blobs: BlobStores): Promise<void> {
  const headers = fileHeaders(file, request.query['download'] !== undefined);
  // Not `set`, which would add a charset that nobody has checked to text.
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const validators = { etag: headers.ETag, lastModified: headers['Last-Modified'] };
  const conditions = {
    ifNoneMatch: request.get('if-none-match'),
    ifModifiedSince: request.get('if-modified-since'),
  };
  if (notModified(conditions, validators)) {
    response.status(304).end();
    return;
  }
  const wanted = requestedRange(
    { range: request.get('range'), ifRange: request.get('if-range') },
    { size: file.size, ...validators },
  );
  if (wanted === 'unsatisfiable') {
    response.status(416).set('Content-Range', `bytes */${file.size}`).removeHeader('Content-Disposition');
    response.removeHeader('Content-Type');
    response.end();
    return;
  }
  const range = wanted === 'whole' ? { start: 0, end: file.size - 1 } : wanted;
  if (wanted !== 'whole')
    response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${file.size}`);
  response.set('Content-Length', String(range.end - range.start + 1));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const bytes = await blobs.byName(file.store).open(file.sha256, range);
  await pipeline(bytes, response);
}

/** A reader who closed the window is no error. */
function wentAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** What was said about a file that is not sent after all; the refusal is no file. */
function takeBackFileHeaders(response: Response): void {
  if (response.headersSent) return;
  for (const name of ['Content-Type', 'Content-Disposition', 'Content-Length', 'Content-Range', 'ETag']) {
    response.removeHeader(name);
  }
  response.removeHeader('Last-Modified');
  response.removeHeader('Accept-Ranges');
}

/** `GET` and `HEAD /api/v2/assets/{id}` and `/{id}/data`: the file itself. */
export function filesRoute({ services, blobs }: HttpDependencies & { blobs: BlobStores }): DeclaredRoute {
  return {
    method: 'get',
    paths: ['/api/v2/assets/:id', '/api/v2/assets/:id/data'],
    permission: 'asset.read',
    async handle(request, response, caller) {
      const id = assetIdSchema.safeParse(request.params['id']);
      if (!id.success) throw notFound('asset');
      const file = await services.assets.file(caller, id.data);
      try {
        await send(request, response, file, blobs);
      } catch (error) {
        if (wentAway(error)) return;
        takeBackFileHeaders(response);
        throw error;
      }
    },
  };
}

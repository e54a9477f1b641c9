import { pipeline } from 'node:stream/promises';
import { AppError, type AssetFile, type BlobStores } from '@vitrine/core';
import { assetIdSchema } from '@vitrine/schema';
import type { Request, RequestHandler, Response } from 'express';
import { requestedRange } from './byte-range.ts';
import { fileHeaders } from './file-headers.ts';
import { notModified } from './not-modified.ts';
import { callerOf, type HttpDependencies } from './request-context.ts';
import { sendProblem } from './send-problem.ts';

async function send(request: Request, response: Response, file: AssetFile, blobs: BlobStores): Promise<void> {
  const headers = fileHeaders(file, request.query['download'] !== undefined);
  response.set(headers);
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

/** `GET` and `HEAD /api/v2/assets/{id}` and `/{id}/data`: the file itself. */
export function filesRoute(dependencies: HttpDependencies & { blobs: BlobStores }): RequestHandler {
  const { services, authenticator, blobs } = dependencies;
  return async (request, response) => {
    try {
      const caller = await callerOf(request, authenticator);
      if (!caller)
        throw new AppError(
          'unauthenticated',
          'Send an API key as "Authorization: Bearer <key>", or sign in.',
        );
      const id = assetIdSchema.safeParse(request.params['id']);
      if (!id.success) throw new AppError('not_found', 'There is no such asset.');
      await send(request, response, await services.assets.file(caller, id.data), blobs);
    } catch (error) {
      if (wentAway(error)) return;
      for (const header of response.getHeaderNames()) {
        if (
          /^(content-(?!security)|etag|last-modified|accept-ranges)/.test(header) &&
          !response.headersSent
        ) {
          response.removeHeader(header);
        }
      }
      sendProblem(request, response, error);
    }
  };
}

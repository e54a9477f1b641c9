import { AppError } from '@vitrine/core';
import type { RequestHandler } from 'express';
import { sendProblem } from './send-problem.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A write that rides on the session cookie must come from our own pages: another site's form would bring the cookie too.
 * Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`; programs send keys, not cookies.
 */
export function sameOriginWrites(publicUrl: string): RequestHandler {
  const origin = new URL(publicUrl).origin;
  return (request, response, next) => {
    if (safe.has(request.method) || request.get('cookie') === undefined) return next();
    const site = request.get('sec-fetch-site');
    const from = request.get('origin');
    const own = from === origin || from === `${request.protocol}://${request.get('host')}`;
    if (site === 'same-origin' || site === 'none' || (site === undefined && own)) return next();
    sendProblem(
      request,
      response,
      new AppError('forbidden', 'A write with a session cookie must come from this site.'),
    );
  };
}

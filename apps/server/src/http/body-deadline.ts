import type { RequestHandler } from 'express';
import { sendsBytes } from './sends-bytes.ts';

const usualMs = 30_000;

/** Cuts the connection of whoever takes longer for a body that is no upload: it would be held for as long as they like. */
export function bodyDeadline(ms = usualMs): RequestHandler {
  return (request, _response, next) => {
    if (!request.complete && !sendsBytes(request.originalUrl)) {
      const late = setTimeout(() => request.destroy(), ms);
      const stop = () => clearTimeout(late);
      request.once('end', stop).once('close', stop);
    }
    next();
  };
}

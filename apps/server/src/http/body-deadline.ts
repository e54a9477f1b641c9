import type { RequestHandler } from 'express';
import { sendsBytes } from './sends-bytes.ts';

const usualMs = 30_000;

/** Cuts the connection of whoever takes longer for a body that is no upload: it would be held for as long as they like. */
export function bodyDeadline(ms = usualMs): RequestHandler {
  return (request, _response, next) => {
    if (!request.complete && !sendsBytes(request.originalUrl)) {
      // By then: nobody reads the body of a GET, so that its end is never told, and its answer may take as long as it likes.
      const late = setTimeout(() => {
        if (!request.complete) request.destroy();
      }, ms);
      const stop = () => clearTimeout(late);
      request.once('end', stop).once('close', stop);
    }
    next();
  };
}

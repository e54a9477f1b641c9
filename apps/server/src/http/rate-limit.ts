import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AppError, type Clock } from '@vitrine/core';
import type { RequestHandler } from 'express';
import { sendProblem } from './send-problem.ts';

const windowMs = 60_000;
/** Beyond so many principals the windows that are over are thrown away. */
const crowd = 10_000;

/** Counts one request of a principal; throws `rate_limited` beyond the limit. */
export type RateLimit = (principal: string) => void;

/** Whom a request counts against: its credential, or something else that is known of it when it brings none. */
export function countedAs(headers: IncomingHttpHeaders, otherwise: string): string {
  const credential = headers.authorization ?? headers['x-api-key'] ?? headers.cookie;
  if (credential === undefined) return otherwise;
  return `credential:${createHash('sha256').update(String(credential)).digest('base64')}`;
}

/**
 * Lets `perMinute` requests of one principal pass in the minute from its first on, over all doors; 0: everything. Every
 * thumbnail is counted, so counting is an addition and nothing more.
 */
export function createRateLimit(perMinute: number, clock: Clock): RateLimit {
  if (perMinute === 0) return () => {};
  const windows = new Map<string, { count: number; readonly endsAt: number }>();

  function windowOf(principal: string, now: number) {
    const known = windows.get(principal);
    if (known && known.endsAt > now) return known;
    if (windows.size >= crowd) {
      for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
    }
    const begun = { count: 0, endsAt: now + windowMs };
    windows.set(principal, begun);
    return begun;
  }

  return (principal) => {
    const now = clock.now();
    const window = windowOf(principal, now);
    window.count += 1;
    if (window.count <= perMinute) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    const detail = `More than ${perMinute} requests in a minute. Wait ${retryAfterSeconds} s and go on.`;
    throw new AppError('rate_limited', detail, { retryAfterSeconds });
  };
}

/** Refuses with 429 what is beyond the limit. */
export function rateLimited(limit: RateLimit): RequestHandler {
  return (request, response, next) => {
    try {
      limit(countedAs(request.headers, `address:${request.ip}`));
    } catch (error) {
      sendProblem(request, response, error);
      return;
    }
    next();
  };
}

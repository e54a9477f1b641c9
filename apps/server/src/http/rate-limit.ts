import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AppError, type Clock } from '@vitrine/core';
import type { RequestHandler } from 'express';
import { sendProblem } from './send-problem.ts';

const windowMs = 60_000;
/** Beyond so many principals the windows that are over are thrown away. */
const crowd = 10_000;

/** Counts one request of a principal; throws `rate_limited` beyond the limit, or `times` it. */
export type RateLimit = (principal: string, times?: number) => void;

/** Whom a request counts against: its credential, or something else that is known of it when it brings none. */
function countedAs(headers: IncomingHttpHeaders, otherwise: string): string {
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

  return (principal, times = 1) => {
    const now = clock.now();
    const window = windowOf(principal, now);
    window.count += 1;
    const most = perMinute * times;
    if (window.count <= most) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    const detail = `Too many: more than ${most} requests in a minute. Wait ${retryAfterSeconds} s and go on.`;
    throw new AppError('rate_limited', detail, { retryAfterSeconds });
  };
}

/** So many people may sit behind one address, each with a credential of their own. */
const peopleAtAnAddress = 10;

/**
 * Counts a request by whom it says it is from, and by its address whatever it says: who makes up a credential for each request gets no
 * further for it, and there are never more counters than that.
 */
export function limitSender(limit: RateLimit, headers: IncomingHttpHeaders, address: string | null): void {
  const anybody = `address:${address}`;
  const principal = countedAs(headers, anybody);
  if (principal !== anybody) limit(`all of ${anybody}`, peopleAtAnAddress);
  limit(principal);
}

/** Refuses with 429 what is beyond the limit. */
export function rateLimited(limit: RateLimit): RequestHandler {
  return (request, response, next) => {
    try {
      limitSender(limit, request.headers, request.ip ?? null);
    } catch (error) {
      sendProblem(request, response, error);
      return;
    }
    next();
  };
}

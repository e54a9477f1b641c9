import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AppError, addressBlock, type Clock } from '@vitrine/core';
import type { RequestHandler } from 'express';
import { sendProblem } from './send-problem.ts';

const windowMs = 60_000;
/** So many windows are kept at most, some ten megabytes: whoever comes from more addresses in a minute pushes out the oldest. */
const mostWindows = 50_000;

/** Counts one request of a principal; throws `rate_limited` beyond the limit, or `times` it. */
export type RateLimit = (principal: string, times?: number) => void;

/** A principal's minute, as this process knows it. */
export interface RateWindow {
  /** Requests that came here. */
  own: number;
  /** Of those, how many the other processes have been told of. */
  told: number;
  /** Requests that came to other processes, as far as is known. */
  others: number;
  /** Milliseconds. */
  endsAt: number;
}

export interface CountedRate {
  readonly limit: RateLimit;
  /** The minutes that are not over, by principal. */
  readonly windows: ReadonlyMap<string, RateWindow>;
}

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
export function createRateLimit(perMinute: number, clock: Clock): CountedRate {
  const windows = new Map<string, RateWindow>();
  if (perMinute === 0) return { limit: () => {}, windows };

  function makeRoom(now: number): void {
    for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
    // A tenth at once, so that it is seldom done.
    for (const key of windows.keys()) {
      if (windows.size <= mostWindows * 0.9) return;
      windows.delete(key);
    }
  }

  function windowOf(principal: string, now: number): RateWindow {
    const known = windows.get(principal);
    if (known && known.endsAt > now) return known;
    windows.delete(principal);
    if (windows.size >= mostWindows) makeRoom(now);
    const begun = { own: 0, told: 0, others: 0, endsAt: now + windowMs };
    windows.set(principal, begun);
    return begun;
  }

  return {
    windows,
    limit(principal, times = 1) {
      const now = clock.now();
      const window = windowOf(principal, now);
      window.own += 1;
      const most = perMinute * times;
      if (window.own + window.others <= most) return;
      const retryAfterSeconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
      const detail = `Too many: more than ${most} requests in a minute. Wait ${retryAfterSeconds} s and go on.`;
      throw new AppError('rate_limited', detail, { retryAfterSeconds });
    },
  };
}

/** So many people may sit behind one address, each with a credential of their own. */
const peopleAtAnAddress = 10;

/**
 * Counts a request by whom it says it is from, and by its address whatever it says: who makes up a credential for each request gets no
 * further for it. Addresses of IPv6 count by their network.
 */
export function limitSender(limit: RateLimit, headers: IncomingHttpHeaders, address: string | null): void {
  const anybody = `address:${addressBlock(address ?? '')}`;
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

import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@vitrine/core';
import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { sendProblem } from './send-problem.ts';

/** Counts one request of a principal; rejects with `rate_limited` beyond the limit. */
export type RateLimit = (principal: string) => Promise<void>;

/** Whom a request counts against: its credential, or something else that is known of it when it brings none. */
export function countedAs(headers: IncomingHttpHeaders, otherwise: string): string {
  const credential = headers.authorization ?? headers['x-api-key'] ?? headers.cookie;
  if (credential === undefined) return otherwise;
  return `credential:${createHash('sha256').update(String(credential)).digest('base64')}`;
}

/** Lets `perMinute` requests a minute of one principal pass, over all doors; 0: everything. */
export function createRateLimit(perMinute: number): RateLimit {
  if (perMinute === 0) return async () => {};
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (principal) => {
    try {
      await limiter.consume(principal);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      const detail = `More than ${perMinute} requests in a minute. Wait ${retryAfterSeconds} s and go on.`;
      throw new AppError('rate_limited', detail, { retryAfterSeconds });
    }
  };
}

/** Refuses with 429 what is beyond the limit. */
export function rateLimited(limit: RateLimit): RequestHandler {
  return async (request, response, next) => {
    try {
      await limit(countedAs(request.headers, `address:${request.ip}`));
    } catch (error) {
      sendProblem(request, response, error);
      return;
    }
    next();
  };
}

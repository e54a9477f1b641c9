import { createHash } from 'node:crypto';
import { AppError } from '@vitrine/core';
import type { Request, RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { sendProblem } from './send-problem.ts';

/** Whom a request counts against: its credential, or its address when it brings none. */
function principalOf(request: Request): string {
  const credential = request.get('authorization') ?? request.get('x-api-key') ?? request.get('cookie');
  if (credential === undefined) return `address:${request.ip}`;
  return `credential:${createHash('sha256').update(credential).digest('base64')}`;
}

/** Refuses more than `perMinute` requests a minute from one principal with 429; 0 lets everything pass. */
export function rateLimit(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (request, response, next) => {
    try {
      await limiter.consume(principalOf(request));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) return next(error);
      const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      const detail = `More than ${perMinute} requests in a minute. Wait ${retryAfterSeconds} s and go on.`;
      sendProblem(request, response, new AppError('rate_limited', detail, { retryAfterSeconds }));
      return;
    }
    next();
  };
}

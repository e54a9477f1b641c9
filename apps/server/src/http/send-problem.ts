import { refusalOf, toProblem } from '@vitrine/api';
import type { Request, Response } from 'express';
import { requestIdOf } from './request-context.ts';

/** Answers an error as RFC 9457 problem+json; does nothing when an answer is already under way. */
export function sendProblem(request: Request, response: Response, error: unknown): void {
  const problem = toProblem(error, requestIdOf(request));
  const { retryAfterSeconds } = refusalOf(error);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (retryAfterSeconds !== null) response.setHeader('Retry-After', String(retryAfterSeconds));
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="vitrine"');
  // What is left of a refused body is not worth reading; the sender learns so from the closed connection.
  if (!request.complete) {
    response.setHeader('Connection', 'close');
    request.resume();
  }
  response.setHeader('Cache-Control', 'no-store');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

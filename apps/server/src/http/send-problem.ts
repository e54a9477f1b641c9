import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalOf, toProblem } from '@vitrine/api';

/** Answers an error as RFC 9457 problem+json; does nothing when an answer is already under way. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const problem = toProblem(error, String(request.id));
  const { retryAfterSeconds } = refusalOf(error);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify(problem));
  if (retryAfterSeconds !== null) response.setHeader('Retry-After', String(retryAfterSeconds));
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="vitrine"');
  // What is left of a refused body is not worth reading; the sender learns so from the closed connection.
  if (!request.complete) {
    response.setHeader('Connection', 'close');
    request.resume();
  }
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', String(body.length));
  response.statusCode = problem.status;
  response.end(body);
}

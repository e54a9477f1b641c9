import { AppError } from '@vitrine/core';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { sendProblem } from './send-problem.ts';

/** What body parsers throw, in our words. */
function translated(error: unknown): unknown {
  if (!(error instanceof Error) || !('type' in error)) return error;
  switch (error.type) {
    case 'entity.parse.failed':
      return new AppError('invalid_input', 'The body is not valid JSON.', { cause: error });
    case 'entity.too.large':
      return new AppError('too_large', 'The JSON body is larger than 256 KB.', { cause: error });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new AppError('invalid_input', 'The body must be UTF-8 JSON.', { cause: error });
    case 'request.aborted':
      return new AppError('invalid_input', 'The request ended before its body did.', { cause: error });
    default:
      return error;
  }
}

export const errorHandler: ErrorRequestHandler = (error, request, response, _next) => {
  const decoding =
    error instanceof URIError ? new AppError('invalid_input', 'The address is not valid.') : error;
  sendProblem(request, response, translated(decoding));
};

/** For addresses below /api and /trpc that nothing answers. */
export const unknownAddress: RequestHandler = (request, response) => {
  sendProblem(
    request,
    response,
    new AppError('not_found', `Nothing answers ${request.method} ${request.baseUrl}${request.path}.`),
  );
};

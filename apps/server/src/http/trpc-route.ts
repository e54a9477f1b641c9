import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { appRouter, operationsOf } from '@vitrine/api';
import { AppError } from '@vitrine/core';
import { type RequestHandler, Router } from 'express';
import { contextOf, type HttpDependencies } from './request-context.ts';
import { sendProblem } from './send-problem.ts';

const subscriptions = new Set(
  operationsOf(appRouter)
    .filter(({ type }) => type === 'subscription')
    .map(({ name }) => `/${name}`),
);

/** A watch is asked for by GET alone: what comes by POST could be another site's form. */
const watchesByGet: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || !subscriptions.has(request.path)) return next();
  sendProblem(request, response, new AppError('not_found', 'A watch is asked for by GET.'));
};

/** The typed API. Batches and bodies are bounded: unbounded, a 15 KB address can ask for megabytes. */
export function trpcRoute(dependencies: HttpDependencies): RequestHandler {
  const procedures = createExpressMiddleware({
    router: appRouter,
    createContext: ({ req }) => contextOf(req, dependencies),
    maxBodySize: 1024 * 1024,
    maxBatchSize: 20,
    // A query too long for an address comes by POST; queries change nothing, so the method does not matter.
    allowMethodOverride: true,
    onError({ error, req, path }) {
      if (error.code === 'INTERNAL_SERVER_ERROR')
        req.log.error({ err: error, procedure: path }, 'procedure failed');
    },
  });
  return Router().use(watchesByGet, procedures);
}

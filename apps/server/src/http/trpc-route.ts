import { createExpressMiddleware } from '@trpc/server/adapters/express';
import { appRouter } from '@vitrine/api';
import type { RequestHandler } from 'express';
import { contextOf, type HttpDependencies } from './request-context.ts';

/** The typed API. Batches and bodies are bounded: unbounded, a 15 KB address can ask for megabytes. */
export function trpcRoute(dependencies: HttpDependencies): RequestHandler {
  return createExpressMiddleware({
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
}

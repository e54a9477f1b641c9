import { randomUUID } from 'node:crypto';
import { toNodeHandler } from 'better-auth/node';
import compression from 'compression';
import express, { type Express, type Request } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { addressHeader } from '../identity/address-header.ts';
import type { Auth } from '../identity/auth.ts';
import type { ForgetfulAuthenticator } from '../identity/authenticator.ts';
import { tusRoutes } from '../tus/tus-routes.ts';
import { auditExportRoute } from './audit-export-route.ts';
import { bodyDeadline } from './body-deadline.ts';
import { dashboardRoutes } from './dashboard-routes.ts';
import { type DeclaredRoute, mountRoutes } from './declared-route.ts';
import { docsRoutes } from './docs-routes.ts';
import { errorHandler, unknownAddress } from './error-handler.ts';
import { healthRoutes, type Readiness } from './health-routes.ts';
import { loggedPath } from './logged-path.ts';
import { multipartRoute } from './multipart-route.ts';
import { type RateLimit, rateLimited } from './rate-limit.ts';
import type { HttpDependencies } from './request-context.ts';
import { restRoutes } from './rest-routes.ts';
import { sameOriginWrites } from './same-origin-writes.ts';
import { securityHeaders } from './security-headers.ts';
import { trpcRoute } from './trpc-route.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

export interface AppDependencies extends HttpDependencies {
  readonly auth: Auth;
  readonly authenticator: ForgetfulAuthenticator;
  readonly logger: Logger;
  readonly dashboardDir: string;
  readonly rateLimit: RateLimit;
  readonly trustedProxies: TrustedProxies;
  /** What is open to people who have a link. */
  readonly shareRoutes: readonly DeclaredRoute[];
  /** What is open to people who have an upload link. */
  readonly guestRoutes: readonly DeclaredRoute[];
  /** The bytes of files that were refused. */
  readonly quarantineRoute: DeclaredRoute;
  readonly readiness: Readiness;
}

const loopback = /^(::1|(::ffff:)?127\.)/;

/** On the same machine squeezing costs more than sending, and a proxy there compresses by itself. */
function worthCompressing(request: Request): boolean {
  return !loopback.test(request.socket.remoteAddress ?? '');
}

/** The HTTP surface but for assets' bytes, in the order in which a request meets it. */
export function createApp(dependencies: AppDependencies): Express {
  const { auth, authenticator, installation, logger } = dependencies;
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('trust proxy', dependencies.trustedProxies);

  app.use(
    pinoHttp({
      logger,
      genReqId: (_request, response) => {
        const id = randomUUID();
        response.setHeader('X-Request-Id', id);
        return id;
      },
      // Queries can hold search words and headers hold keys: neither is logged.
      serializers: {
        req: (request) => ({
          id: request.id,
          method: request.method,
          path: loggedPath(String(request.url)),
        }),
        res: (response) => ({ status: response.statusCode }),
      },
    }),
  );
  app.use(securityHeaders(installation.publicUrl));
  mountRoutes(app, healthRoutes(dependencies.readiness), dependencies);
  app.use(
    ['/api', '/trpc'],
    rateLimited(dependencies.rateLimit),
    sameOriginWrites(installation.publicUrl),
    bodyDeadline(),
  );

  const authHandler = toNodeHandler(auth);
  app.all('/api/auth/*splat', (request, response, next) => {
    if (request.method !== 'GET') response.once('finish', () => authenticator.forget());
    request.headers[addressHeader] = request.ip ?? '';
    authHandler(request, response).catch(next);
  });

  mountRoutes(
    app,
    [
      multipartRoute(dependencies),
      ...tusRoutes(dependencies),
      ...dependencies.shareRoutes,
      ...dependencies.guestRoutes,
      dependencies.quarantineRoute,
    ],
    dependencies,
  );

  // Everything below is text.
  app.use(
    compression({
      filter: (request, response) => worthCompressing(request) && compression.filter(request, response),
    }),
  );
  app.use(restRoutes(dependencies));
  app.use('/trpc', trpcRoute(dependencies));
  mountRoutes(app, [auditExportRoute(dependencies), ...docsRoutes(installation)], dependencies);
  app.use(['/api', '/trpc'], unknownAddress);
  app.use(dashboardRoutes(dependencies.dashboardDir));
  app.use(unknownAddress);
  app.use(errorHandler);
  return app;
}

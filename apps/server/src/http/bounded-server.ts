import { createServer, type RequestListener, type Server } from 'node:http';

interface ConnectionLimits {
  /** More connections at once are closed as they come: each costs memory before anything is known of it. */
  readonly mostConnections: number;
  /** Milliseconds for a request's line and headers to be whole; answered with 408 then. */
  readonly headersMs: number;
  /** Milliseconds that an idle connection is kept: longer than the 60 s of usual proxies, which would else meet closed ones. */
  readonly keepAliveMs: number;
  /** How often, in milliseconds, headers that are late are looked for. */
  readonly lookEveryMs: number;
}

const usualLimits: ConnectionLimits = {
  mostConnections: 10_000,
  headersMs: 30_000,
  keepAliveMs: 65_000,
  lookEveryMs: 10_000,
};

/**
 * A server whose connections cost no more than `limits`. A whole request may take as long as it likes, since an upload of many
 * gigabytes is one; `bodyDeadline` is for bodies that stand still.
 */
export function createBoundedServer(handle: RequestListener, limits = usualLimits): Server {
  const server = createServer(
    {
      requestTimeout: 0,
      headersTimeout: limits.headersMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.lookEveryMs,
    },
    handle,
  );
  server.maxConnections = limits.mostConnections;
  return server;
}

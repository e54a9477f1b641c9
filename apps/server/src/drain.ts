import type { Server, ServerResponse } from 'node:http';

/** How long answers under way may take to finish when the server stops. */
const drainMs = 10_000;

/**
 * Watches a server's answers. The function it returns stops the server: no new connections, answers under way are
 * finished, then every connection is closed, also those whose senders are still talking after their answer.
 */
export function createDrain(server: Server): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let settled: (() => void) | null = null;
  server.prependListener('request', (_request, response) => {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) settled?.();
    });
  });
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    if (underWay.size > 0) {
      await new Promise<void>((resolve) => {
        settled = resolve;
        setTimeout(resolve, drainMs).unref();
      });
    }
    server.closeAllConnections();
    await closed;
  };
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** How long answers under way may take to finish when the server stops. */
const drainMs = 10_000;
/** How long a watch has to tell its watcher that the server stops, before it is cut. Watchers connect again by themselves. */
const farewellMs = 200;

function isWatch(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

/**
 * Watches a server's answers. The function it returns stops the server: no new connections, answers under way are
 * finished, watches are cut after a moment, then every connection is closed, also those whose senders are still talking
 * after their answer.
 */
export function createDrain(server: Server): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let settled: (() => void) | null = null;
  function watch(_request: IncomingMessage, response: ServerResponse): void {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) settled?.();
    });
  }
  server.prependListener('request', watch);
  // Node tells of these instead, and an upload is most often one of them.
  server.prependListener('checkContinue', watch);
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const cut = setTimeout(() => {
      for (const response of underWay) if (isWatch(response)) response.destroy();
    }, farewellMs);
    if (underWay.size > 0) {
      await new Promise<void>((resolve) => {
        settled = resolve;
        setTimeout(resolve, drainMs).unref();
      });
    }
    clearTimeout(cut);
    server.closeAllConnections();
    await closed;
  };
}

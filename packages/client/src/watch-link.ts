import { httpSubscriptionLink, type TRPCLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from './app-router.ts';
import type { Fetch } from './upload-transport.ts';

export interface WatchLinkOptions {
  /** Of the procedures. */
  readonly url: string;
  readonly headers: () => Promise<Record<string, string>>;
  readonly fetch?: Fetch | undefined;
}

/** A server that restarts behind a proxy, or has too much to do: asked again like one that cannot be reached. */
function passes(status: number): boolean {
  return status >= 500 || status === 429;
}

/**
 * Carries subscriptions as server-sent events, over fetch: the platforms' own `EventSource` sends no headers, and Node has
 * none. A connection that breaks is made again every three seconds, and goes on behind the last event that arrived.
 */
export function watchLink({ url, headers, fetch = globalThis.fetch }: WatchLinkOptions): TRPCLink<AppRouter> {
  return httpSubscriptionLink({
    url,
    EventSource,
    eventSourceOptions: {
      async fetch(address, init) {
        const { signal, ...rest } = init;
        const response = await fetch(address, {
          ...rest,
          // Asked for each time: a key may be renewed while the watch goes on.
          headers: { ...(await headers()), ...rest.headers },
          signal: signal ?? null,
        });
        if (!passes(response.status)) return response;
        await response.body?.cancel();
        throw new Error(`The server answered ${response.status}.`);
      },
    },
  });
}

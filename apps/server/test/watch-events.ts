import { type ChangeEvent, changeEventSchema } from '@vitrine/schema';
import type { TestServer } from './start-server.ts';

/** One event as it stood in the stream. */
interface SentEvent {
  /** `message` for what the watch says; the transport has others of its own. */
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

/** A watch over plain HTTP, as any program can have it. */
export interface Watch extends AsyncDisposable {
  readonly response: Response;
  /** The next event of the watch; rejects when the stream ends first. */
  next(): Promise<{ readonly id: string; readonly event: ChangeEvent }>;
  /** Resolves when the stream ends, with the problem it ended for; null when it was cut or ended without one. */
  end(): Promise<string | null>;
}

export interface WatchOptions {
  readonly clientId?: string;
  readonly lastEventId?: string;
  /** Instead of the owner's key. */
  readonly headers?: Readonly<Record<string, string>>;
}

async function* sentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      if (block.trim() !== '')
        yield { event: field('event') ?? 'message', id: field('id') ?? null, data: field('data') ?? '' };
    }
  }
}

/** Begins a watch and waits for its head. */
export async function openWatch(server: TestServer, options: WatchOptions = {}): Promise<Watch> {
  const { headers = { authorization: `Bearer ${server.owner.key}` }, clientId, lastEventId } = options;
  const leave = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ ...(clientId && { clientId }) }));
  const response = await fetch(`${server.url}/trpc/change.watch?input=${input}`, {
    headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    signal: leave.signal,
  });
  if (!response.body) throw new Error('The answer has no body.');
  const events = sentEvents(response.body);

  return {
    response,
    async next() {
      for (;;) {
        const { value, done } = await events.next();
        if (done) throw new Error('The watch has ended.');
        if (value.event === 'serialized-error') throw new Error(`The watch failed: ${value.data}`);
        if (value.event === 'message') {
          return { id: value.id ?? '', event: changeEventSchema.parse(JSON.parse(value.data)) };
        }
      }
    },
    async end() {
      try {
        for await (const { event, data } of events) {
          if (event === 'serialized-error') return JSON.parse(data).data.problem.code;
        }
      } catch {
        // Cut.
      }
      return null;
    },
    async [Symbol.asyncDispose]() {
      leave.abort();
    },
  };
}

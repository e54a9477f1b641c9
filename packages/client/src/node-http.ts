import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fetch, UploadAnswer } from './upload-transport.ts';

interface Body {
  /** Bytes; null when nobody knows yet. */
  readonly length: number | null;
  /** A chunk is good until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body | null;
  readonly signal?: AbortSignal | undefined;
}

/** From this size on, asking first whether the server takes it costs less than sending it in vain. */
const worthAsking = 1024 * 1024;
/** A server or proxy that does not know the question gets the body after this long, as curl does it. */
const patience = 1000;

function headersOf({ headers, body }: Exchange): Record<string, string> {
  return { ...headers, ...(body && body.length !== null && { 'content-length': String(body.length) }) };
}

/** Resolves when the body may be sent, or at once with the answer when the server refuses without it. */
async function goAhead(
  outgoing: ClientRequest,
  answered: Promise<IncomingMessage>,
): Promise<IncomingMessage | null> {
  outgoing.flushHeaders();
  const done = new AbortController();
  const { signal } = done;
  const waited = [once(outgoing, 'continue', { signal }), delay(patience, undefined, { signal })];
  try {
    return await Promise.race([answered, ...waited.map((wait) => wait.then(() => null))]);
  } finally {
    done.abort();
  }
}

/** Writes chunk by chunk, each once the one before has left the process: so memory does not grow, and progress is true. */
async function send(chunks: AsyncIterable<Uint8Array>, outgoing: ClientRequest): Promise<void> {
  for await (const chunk of chunks) {
    await new Promise<void>((resolve, reject) => {
      outgoing.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }
  outgoing.end();
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function exchangeByHttp(exchange: Exchange): Promise<UploadAnswer> {
  const { method, url, body, signal } = exchange;
  const target = new URL(url);
  const asks = body !== null && (body.length === null || body.length >= worthAsking);
  const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
    method,
    headers: { ...headersOf(exchange), ...(asks && { expect: '100-continue' }) },
    ...(signal && { signal }),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
  try {
    const refusal = asks ? await goAhead(outgoing, answered) : null;
    // A server that refuses midway answers and closes: then the answer counts, and not that the rest could not be sent.
    const sent = refusal ? answered : send(body?.chunks ?? nothing(), outgoing).then(() => answered);
    const incoming = await Promise.race([answered, sent]);
    const header = (name: string) => incoming.headersDistinct[name]?.[0] ?? null;
    return { status: incoming.statusCode ?? 0, header, body: await text(incoming) };
  } finally {
    outgoing.destroy();
  }
}

function webStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value.slice());
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

async function exchangeByFetch(exchange: Exchange, fetch: Fetch): Promise<UploadAnswer> {
  const { method, url, body, signal } = exchange;
  const init = {
    method,
    headers: headersOf(exchange),
    ...(body && { body: webStream(body.chunks), duplex: 'half' as const }),
    signal: signal ?? null,
  };
  const response = await fetch(url, init);
  const header = (name: string) => response.headers.get(name);
  return { status: response.status, header, body: await response.text() };
}

/**
 * One request with constant memory whatever its size. Node's own HTTP client rather than its fetch: it knows
 * `Expect: 100-continue` and hears an answer that comes before the body has been sent.
 */
export function exchangeOnce(exchange: Exchange, fetch: Fetch | undefined): Promise<UploadAnswer> {
  return fetch ? exchangeByFetch(exchange, fetch) : exchangeByHttp(exchange);
}

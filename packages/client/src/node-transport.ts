import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type MultipartBody, multipartBody } from './multipart-body.ts';
import { openSource } from './open-source.ts';
import type { Fetch, SendUpload, UploadAnswer, UploadRequest } from './upload-transport.ts';

interface NodeUpload extends Pick<UploadRequest, 'url' | 'headers' | 'signal'> {
  readonly body: MultipartBody;
}

/** From this size on, asking first whether the server takes it costs less than sending it in vain. */
const worthAsking = 1024 * 1024;
/** A server or proxy that does not know the question gets the body after this long, as curl does it. */
const patience = 1000;

function headersOf({ headers, body }: NodeUpload): Record<string, string> {
  return {
    ...headers,
    'content-type': body.contentType,
    ...(body.length !== null && { 'content-length': String(body.length) }),
  };
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

async function sendByHttp(upload: NodeUpload): Promise<UploadAnswer> {
  const { url, body, signal } = upload;
  const target = new URL(url);
  const asks = body.length === null || body.length >= worthAsking;
  const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
    method: 'POST',
    headers: { ...headersOf(upload), ...(asks && { expect: '100-continue' }) },
    ...(signal && { signal }),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
  try {
    const refusal = asks ? await goAhead(outgoing, answered) : null;
    // A server that refuses midway answers and closes: then the answer counts, and not that the rest could not be sent.
    const sent = refusal ? answered : send(body.chunks, outgoing).then(() => answered);
    const incoming = await Promise.race([answered, sent]);
    return { status: incoming.statusCode ?? 0, body: await text(incoming) };
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

async function sendByFetch(upload: NodeUpload, fetch: Fetch): Promise<UploadAnswer> {
  const init = {
    method: 'POST',
    headers: headersOf(upload),
    body: webStream(upload.body.chunks),
    duplex: 'half' as const,
    signal: upload.signal ?? null,
  };
  const response = await fetch(upload.url, init);
  return { status: response.status, body: await response.text() };
}

/**
 * Uploads in Node, with constant memory whatever the size. Node's own HTTP client rather than its fetch: it knows
 * `Expect: 100-continue` and hears an answer that comes before the body has been sent.
 */
export const sendUpload: SendUpload = async ({ url, headers, fields, source, fetch, onProgress, signal }) => {
  signal?.throwIfAborted();
  const file = await openSource(source);
  const body = multipartBody({ fields, file, onProgress });
  const upload = { url, headers, body, signal };
  try {
    return await (fetch ? sendByFetch(upload, fetch) : sendByHttp(upload));
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
};

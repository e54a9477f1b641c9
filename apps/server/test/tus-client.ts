import { setTimeout as delay } from 'node:timers/promises';
import type { TestServer } from './start-server.ts';

type Body = NonNullable<RequestInit['body']>;

const version = { 'tus-resumable': '1.0.0' };

/** Texts as the protocol's metadata. */
function metadataOf(texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts)
    .map(([name, text]) => `${name} ${Buffer.from(text).toString('base64')}`)
    .join(',');
}

/** Speaks the protocol by hand, for what no polite client does. */
export function tusBy(server: Pick<TestServer, 'request'>, key?: string) {
  const send = (method: string, address: string, headers: Record<string, string>, body?: Body) =>
    server.request(address, {
      method,
      headers: { ...version, ...headers },
      ...(body !== undefined && { body, duplex: 'half' }),
      ...(key !== undefined && { key }),
    });
  const piece = { 'content-type': 'application/offset+octet-stream' };
  return {
    begin: (
      length: number | null,
      texts: Readonly<Record<string, string>>,
      headers: Record<string, string> = {},
      body?: Body,
    ) =>
      send(
        'POST',
        '/api/tus',
        {
          ...(length === null ? { 'upload-defer-length': '1' } : { 'upload-length': String(length) }),
          'upload-metadata': metadataOf(texts),
          ...(body !== undefined && piece),
          ...headers,
        },
        body,
      ),
    head: (address: string) => send('HEAD', address, {}),
    patch: (address: string, offset: number, body: Body, headers: Record<string, string> = {}) =>
      send('PATCH', address, { ...piece, 'upload-offset': String(offset), ...headers }, body),
    end: (address: string) => send('DELETE', address, {}),
  };
}

/** Bytes that come a little at a time, so that a request lasts. */
export function slowly(bytes: Buffer, pieces: number, pauseMs: number): ReadableStream<Uint8Array> {
  const size = Math.ceil(bytes.length / pieces);
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      at += size;
      await delay(pauseMs);
    },
  });
}

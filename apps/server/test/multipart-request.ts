import { randomUUID } from 'node:crypto';
import { type Agent, request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

export interface MultipartRequest {
  readonly url: string | URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly size: number; readonly chunks: Iterable<Buffer> };
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends fields and then a file whose bytes are made while they are sent; answers what the server says, as JSON. */
export async function sendMultipart(request: MultipartRequest): Promise<Answer> {
  const { url, headers, fields, file, agent } = request;
  const boundary = `----${randomUUID()}`;
  const disposition = (name: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  const texts = Object.entries(fields).map(([name, value]) => `${disposition(name)}\r\n\r\n${value}\r\n`);
  const type = 'Content-Type: application/octet-stream';
  const head = Buffer.from(
    `${texts.join('')}${disposition('file')}; filename="${file.name}"\r\n${type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  function* body() {
    yield head;
    yield* file.chunks;
    yield tail;
  }
  const outgoing = httpRequest(url, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + file.size + tail.length),
    },
    ...(agent && { agent }),
  });
  const answered = new Promise<Answer>((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      json(incoming).then((body) => resolve({ status: incoming.statusCode ?? 0, body }), reject);
    });
  });
  const [answer] = await Promise.all([
    answered,
    pipeline(Readable.from(body(), { objectMode: false, highWaterMark: 1024 * 1024 }), outgoing),
  ]);
  return answer;
}

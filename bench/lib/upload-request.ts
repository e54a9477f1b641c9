import type { KeptAliveClient } from './kept-alive-client.ts';

const boundary = '----vitrine-bench-7f3c1d';
const tail = Buffer.from(`\r\n--${boundary}--\r\n`);

export interface UploadRequest {
  readonly clientId: string;
  readonly fileName: string;
  readonly size: number;
  readonly chunks: Iterable<Buffer>;
}

function* framed(head: Buffer, chunks: Iterable<Buffer>): Generator<Buffer> {
  yield head;
  yield* chunks;
  yield tail;
}

/** `POST /api/v2/upload-asset` as a multipart form. */
export function sendUpload(client: KeptAliveClient, { clientId, fileName, size, chunks }: UploadRequest) {
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="clientId"\r\n\r\n${clientId}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  );
  return client.post('/api/v2/upload-asset', {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + size + tail.length,
    },
    body: framed(head, chunks),
  });
}

import type { KeptAliveClient } from './kept-alive-client.ts';
import type { UploadRequest } from './upload-request.ts';

const pieceBytes = 32 * 1024 * 1024;
const tus = { 'tus-resumable': '1.0.0' };

/** The same bytes in pieces of 32 MiB; the last one is shorter. */
function* piecesOf(chunks: Iterable<Buffer>): Generator<Buffer[]> {
  let piece: Buffer[] = [];
  let room = pieceBytes;
  for (const chunk of chunks) {
    for (let rest = chunk; rest.length > 0; ) {
      const part = rest.subarray(0, room);
      piece.push(part);
      room -= part.length;
      rest = rest.subarray(part.length);
      if (room > 0) continue;
      yield piece;
      piece = [];
      room = pieceBytes;
    }
  }
  if (piece.length > 0) yield piece;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The same upload the resumable way, at `/api/tus`. */
export async function sendPiecewise(
  client: KeptAliveClient,
  { clientId, fileName, size, chunks }: UploadRequest,
): Promise<void> {
  const { location = '' } = await client.exchange('POST', '/api/tus', {
    headers: {
      ...tus,
      'upload-length': size,
      'upload-metadata': `clientId ${base64(clientId)},filename ${base64(fileName)}`,
    },
  });
  const address = location.replace(/^https?:\/\/[^/]+/, '');
  let offset = 0;
  for (const piece of piecesOf(chunks)) {
    const length = piece.reduce((sum, part) => sum + part.length, 0);
    await client.exchange('PATCH', address, {
      headers: {
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'content-length': length,
        'upload-offset': offset,
      },
      body: piece,
    });
    offset += length;
  }
}

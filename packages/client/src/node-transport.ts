import { multipartBody } from './multipart-body.ts';
import { exchangeOnce } from './node-http.ts';
import { openRereadable, openSource, pieceChunks } from './open-source.ts';
import type { SendPiece, SendUpload } from './upload-transport.ts';

export { openResumeStore } from './node-resume-store.ts';
export { openRereadable };

/** Uploads in Node, with constant memory whatever the size. */
export const sendUpload: SendUpload = async ({ url, headers, fields, source, fetch, onProgress, signal }) => {
  signal?.throwIfAborted();
  const file = await openSource(source);
  const body = multipartBody({ fields, file, onProgress });
  const form = { ...headers, 'content-type': body.contentType };
  try {
    return await exchangeOnce({ method: 'POST', url, headers: form, body, signal }, fetch);
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
};

export const sendPiece: SendPiece = async ({ method, url, headers, piece, fetch, onSent, signal }) => {
  signal?.throwIfAborted();
  async function* chunks(whole: NonNullable<typeof piece>) {
    let sent = 0;
    for await (const chunk of pieceChunks(whole)) {
      yield chunk;
      // The consumer asks for more once it has passed the chunk on.
      sent += chunk.byteLength;
      onSent?.(sent);
    }
  }
  const body = piece && { length: piece.end - piece.start, chunks: chunks(piece) };
  try {
    return await exchangeOnce({ method, url, headers, body, signal }, fetch);
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
};

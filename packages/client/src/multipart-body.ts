import { randomUUID } from 'node:crypto';
import type { OpenedSource } from './open-source.ts';
import type { UploadProgress } from './upload-source.ts';

export interface MultipartBody {
  readonly contentType: string;
  /** Bytes of the whole body; null when the file's size is not known. */
  readonly length: number | null;
  /** A chunk is good until the next one is asked for; whoever keeps it longer copies it. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

// What browsers do (HTML standard, "multipart form data"), so that servers need to know only one way.
function quoted(name: string): string {
  return `"${name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')}"`;
}

/** A multipart form that is made while it is sent: the fields, then the file. */
export function multipartBody(options: {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly file: OpenedSource;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}): MultipartBody {
  const { fields, file, onProgress } = options;
  const boundary = `vitrine-${randomUUID()}`;
  const texts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`,
  );
  const head = Buffer.from(
    `${texts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename=${quoted(file.name)}\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* chunks() {
    let sent = 0;
    const assertSize = (fits: boolean) => {
      // A wrong length would leave the server waiting, or cut the file short.
      if (!fits) throw new Error(`${file.name} is not the ${file.size} bytes long that it was said to be.`);
    };
    yield head;
    for await (const chunk of file.chunks) {
      assertSize(file.size === null || sent + chunk.byteLength <= file.size);
      yield chunk;
      // The consumer asks for more once it has passed the chunk on.
      sent += chunk.byteLength;
      onProgress?.({ sent, total: file.size });
    }
    assertSize(file.size === null || sent === file.size);
    yield tail;
  }

  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: file.size === null ? null : head.byteLength + file.size + tail.byteLength,
    chunks: chunks(),
  };
}

import type { OpenFile } from './file-system.ts';

/** `length` bytes from `start` on; rejects when the file ends before. */
export async function readExactly(file: OpenFile, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, start + read);
    if (bytesRead === 0) throw new Error('The file of a blob has become shorter while it was read.');
    read += bytesRead;
  }
  return bytes;
}

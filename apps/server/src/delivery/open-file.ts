import { close, fstat, open, read } from 'node:fs';

/** A file that is read at any place; thinner than Node's FileHandle, which costs a small range a tenth of its time. */
export interface OpenFile {
  /** Fills the buffer's first `length` bytes from `position` on. Rejects when the file ends before. */
  fill(buffer: Buffer, length: number, position: number): Promise<void>;
  close(): Promise<void>;
}

function closed(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    close(fd, (error) => (error ? reject(error) : resolve()));
  });
}

/** Rejects when the file is not of this size: its row says what it has to be. */
export async function openFile(path: string, size: number): Promise<OpenFile> {
  const fd = await new Promise<number>((resolve, reject) => {
    open(path, 'r', (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const found = await new Promise<number>((resolve, reject) => {
    fstat(fd, (error, stats) => (error ? reject(error) : resolve(stats.size)));
  }).catch(async (error: unknown) => {
    await closed(fd);
    throw error;
  });
  if (found !== size) {
    await closed(fd);
    throw new Error(`The file of a blob has ${found} bytes; its row says ${size}.`);
  }
  const readSome = (buffer: Buffer, offset: number, length: number, position: number) =>
    new Promise<number>((resolve, reject) => {
      read(fd, buffer, offset, length, position, (error, count) => (error ? reject(error) : resolve(count)));
    });
  return {
    async fill(buffer, length, position) {
      for (let filled = 0; filled < length; ) {
        const count = await readSome(buffer, filled, length - filled, position + filled);
        if (count === 0) throw new Error('The file of a blob is shorter than its row says.');
        filled += count;
      }
    },
    close: () => closed(fd),
  };
}

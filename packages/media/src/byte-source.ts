import { type FileHandle, open } from 'node:fs/promises';
import { Refusal } from './refusal.ts';

const smallWindow = 4 * 1024;
const largeWindow = 256 * 1024;
/** No structure that a parser needs in one piece is longer; a longer one is a hostile length field. */
const longestRead = 16 * 1024 * 1024;

/** The bytes asked for lie beyond the end of the file. Parsers turn it into the truncation of their format. */
export class EndOfBytes extends Error {
  constructor(offset: number, length: number) {
    super(`The file ends before byte ${offset + length}.`);
    this.name = 'EndOfBytes';
  }
}

/**
 * Positioned reads of a file through one window, never the whole file: 4 KiB around a jump, growing to 256 KiB when the
 * reads are sequential. Every read checks the deadline, so a parser whose every step reads is bounded in time.
 */
export class ByteSource implements AsyncDisposable {
  readonly size: number;
  readonly #file: FileHandle;
  readonly #deadline: number;
  #window = Buffer.alloc(0);
  #windowStart = 0;
  #readAhead = smallWindow;

  private constructor(file: FileHandle, options: { size: number; deadline: number }) {
    this.#file = file;
    this.size = options.size;
    this.#deadline = options.deadline;
  }

  /** `deadline` is a time of `performance.now()`. Fails with the system's error when the file cannot be opened. */
  static async open(path: string, deadline: number): Promise<ByteSource> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      return new ByteSource(file, { size, deadline });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Up to `length` bytes at `offset`, fewer only at the end of the file. They stay valid until the next read. */
  async read(offset: number, length: number): Promise<Buffer> {
    if (length > longestRead) {
      throw new Refusal('unreadable_media', 'The file is damaged: a part of it claims an impossible length.');
    }
    const available = Math.max(0, Math.min(length, this.size - offset));
    const start = offset - this.#windowStart;
    if (start < 0 || start + available > this.#window.length) await this.#move(offset, available);
    const from = offset - this.#windowStart;
    return this.#window.subarray(from, from + available);
  }

  /** Exactly `length` bytes at `offset`, or EndOfBytes. */
  async exact(offset: number, length: number): Promise<Buffer> {
    const bytes = await this.read(offset, length);
    if (bytes.length < length) throw new EndOfBytes(offset, length);
    return bytes;
  }

  async #move(offset: number, length: number): Promise<void> {
    if (performance.now() > this.#deadline) {
      throw new Refusal(
        'unreadable_media',
        'Reading the file took too long. It may be damaged; export it again.',
      );
    }
    const end = this.#windowStart + this.#window.length;
    const sequential = offset >= this.#windowStart && offset <= end + smallWindow;
    this.#readAhead = sequential ? Math.min(largeWindow, this.#readAhead * 4) : smallWindow;
    const wanted = Math.min(Math.max(length, this.#readAhead), Math.max(0, this.size - offset));
    const window = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#file.read(window, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#window = window.subarray(0, filled);
    this.#windowStart = offset;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

const largeBytes = 512 * 1024;
const smallBytes = 64 * 1024;

export interface TransferBuffersOptions {
  /** How many large buffers there may be at once (32). */
  readonly large?: number;
}

/** Buffers that transfers lend and give back. */
export interface TransferBuffers {
  /** A large one while there are any and the reader is quick; otherwise a small one. */
  take(pace: 'quick' | 'slow'): Buffer;
  giveBack(buffer: Buffer): void;
}

/**
 * The memory of all transfers together: however many slow readers there are, only so many of them hold a large buffer, and
 * the others hold small ones.
 */
export function createTransferBuffers({ large = 32 }: TransferBuffersOptions = {}): TransferBuffers {
  const freeLarge: Buffer[] = [];
  const freeSmall: Buffer[] = [];
  let made = 0;
  return {
    take(pace) {
      if (pace === 'quick') {
        const free = freeLarge.pop();
        if (free) return free;
        if (made < large) {
          made += 1;
          return Buffer.allocUnsafeSlow(largeBytes);
        }
      }
      return freeSmall.pop() ?? Buffer.allocUnsafeSlow(smallBytes);
    },
    giveBack(buffer) {
      if (buffer.length === largeBytes) freeLarge.push(buffer);
      else if (freeSmall.length < large) freeSmall.push(buffer);
    },
  };
}

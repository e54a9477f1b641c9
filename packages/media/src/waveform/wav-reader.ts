/** What ffmpeg's WAV header says; the length in it is not looked at, since a pipe has none. */
export interface SampleSink {
  /** Once, before the samples. */
  begin(sampleRate: number): void;
  /** Samples of one channel, eight bits with silence at 128. */
  take(samples: Uint8Array): void;
}

const longestHeader = 4096;

/** Where the samples begin, and how many there are a second; null while the header is not whole. */
function readHeader(bytes: Buffer): { sampleRate: number; start: number } | null {
  let sampleRate = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [id, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)];
    if (id === 'data') return sampleRate > 0 ? { sampleRate, start: at + 8 } : null;
    if (id === 'fmt ' && at + 16 <= bytes.length) sampleRate = bytes.readUInt32LE(at + 12);
    at += 8 + size + (size % 2);
  }
  return null;
}

/** Reads a WAV of 8-bit mono as it comes out of a pipe, in pieces of any length. `push` is false for what is no WAV. */
export function createWavReader(sink: SampleSink): { push(chunk: Buffer): boolean } {
  /** What came before the samples; null once they have begun. */
  let head: Buffer | null = Buffer.alloc(0);
  return {
    push(chunk) {
      if (!head) {
        sink.take(chunk);
        return true;
      }
      head = Buffer.concat([head, chunk]);
      const header = readHeader(head);
      if (!header) return head.length <= longestHeader;
      sink.begin(header.sampleRate);
      sink.take(head.subarray(header.start));
      head = null;
      return true;
    },
  };
}

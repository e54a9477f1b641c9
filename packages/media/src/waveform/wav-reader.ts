/** What ffmpeg's WAV header says; the length in it is not looked at, since a pipe has none. */
export interface SampleSink {
  /** Once, before the samples. */
  begin(sampleRate: number): void;
  /** 16-bit samples of one channel; the array is used again afterwards. */
  take(samples: Int16Array): void;
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

/** Reads a WAV of 16-bit mono as it comes out of a pipe, in pieces of any length. `push` is false for what is no WAV. */
export function createWavReader(sink: SampleSink): { push(chunk: Buffer): boolean } {
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  return {
    push(chunk) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      if (!begun) {
        const header = readHeader(rest);
        if (!header) return rest.length <= longestHeader;
        begun = true;
        sink.begin(header.sampleRate);
        rest = rest.subarray(header.start);
      }
      const count = rest.length >> 1;
      // A copy where the bytes do not lie on an even address.
      const even = rest.byteOffset % 2 === 0 ? rest : Buffer.from(Uint8Array.from(rest).buffer);
      sink.take(new Int16Array(even.buffer, even.byteOffset, count));
      rest = rest.subarray(count * 2);
      return true;
    },
  };
}

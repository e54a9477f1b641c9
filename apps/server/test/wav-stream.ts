/** Bytes of a WAV header with one `fmt ` and one `data` chunk. */
const headerBytes = 44;
const sampleRate = 48_000;
const blockSize = 4;

/** A header of 16-bit stereo sound for a file of so many bytes in all. */
function wavHeader(fileBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(fileBytes - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * blockSize, 28);
  header.writeUInt16LE(blockSize, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(fileBytes - headerBytes, 40);
  return header;
}

/** A valid WAV of exactly `fileBytes`, made while it is read: the header, then `sound` over and over. */
export function* wavChunks(fileBytes: number, sound: Buffer): Generator<Buffer> {
  yield wavHeader(fileBytes);
  for (let left = fileBytes - headerBytes; left > 0; left -= sound.length) {
    yield left < sound.length ? sound.subarray(0, left) : sound;
  }
}

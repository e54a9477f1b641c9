import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** Bytes that an old library holds, made in no time: each `seed` gives others of the same facts. */
export interface OldBytes {
  /** What they are, or null for what is no asset. */
  readonly type: 'image' | 'audio' | 'document' | null;
  readonly extension: string;
  readonly bytes: Buffer;
}

const pngEnd = 12;

/** A PNG with a comment of its own. */
function withComment(png: Buffer, comment: string): Buffer {
  const body = Buffer.concat([Buffer.from('tEXt'), Buffer.from(`Comment\0${comment}`, 'latin1')]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), chunk.length - 4);
  return Buffer.concat([png.subarray(0, -pngEnd), chunk, png.subarray(-pngEnd)]);
}

/** 1.5 seconds of 8-bit sound. */
function wav(seed: number): Buffer {
  const rate = 8000;
  const samples = Buffer.alloc(rate * 1.5, 128);
  samples.writeUInt32BE(seed, 0);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

const oldPicture = { width: 40, height: 30 } as const;

/** Makes bytes of every kind that an old library held, those among them that are no asset. */
export async function createOldBytes(): Promise<(seed: number) => OldBytes> {
  const picture = sharp({ create: { ...oldPicture, channels: 3, background: '#0f4c81' } });
  const png = await picture.clone().png().toBuffer();
  const jpeg = await picture.clone().jpeg().toBuffer();
  return (seed) => {
    const text = `old ${seed}`;
    switch (seed % 20) {
      case 0:
        return { type: 'audio', extension: 'wav', bytes: wav(seed) };
      case 1:
      case 2:
        return {
          type: 'document',
          extension: 'txt',
          bytes: Buffer.from(`Minutes of meeting ${seed}, Grüße.\n`),
        };
      case 3: {
        const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><desc>${text}</desc></svg>`;
        return { type: 'image', extension: 'svg', bytes: Buffer.from(svg) };
      }
      case 4:
        // A program: no asset.
        return {
          type: null,
          extension: 'exe',
          bytes: Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.from(text)]),
        };
      case 5:
      case 6:
      case 7: {
        const comment = Buffer.from(text);
        const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
        const bytes = Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
        return { type: 'image', extension: 'jpg', bytes };
      }
      default:
        return { type: 'image', extension: 'png', bytes: withComment(png, text) };
    }
  };
}

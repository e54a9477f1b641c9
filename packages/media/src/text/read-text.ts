import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { truncated } from '../refusal.ts';
import type { TextEncoding } from './text-encoding.ts';

const chunkSize = 256 * 1024;

/** What the bytes turned out to be: text, or the reason why not. */
export type TextVerdict = { readonly facts: AssetFacts } | { readonly notText: NotText };

/** Bytes that no text has, or text in an encoding that cannot be told for certain. */
type NotText = 'binary' | 'unknown encoding';

/**
 * Text is what decodes from its first byte to its last without control characters. 8-bit text of older programs counts
 * when nothing in it is undefined in Windows-1252 and most of it is ASCII; everything else would be a guess.
 */
export async function readText(source: ByteSource, encoding: TextEncoding): Promise<TextVerdict> {
  const check = encoding === 'utf-8' ? new Utf8Check() : new Utf16Check(encoding);
  for (let offset = 0; offset < source.size; offset += chunkSize) {
    const problem = check.add(await source.read(offset, chunkSize));
    if (problem) return { notText: problem };
  }
  return check.finish() ?? { facts: { type: 'document', format: 'txt', pageCount: null } };
}

// The binary bytes of the WHATWG MIME sniffing standard: every control except tab, line feeds, form feed, and the escape
// character that logs use for colours.
const isBinary = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f) ? 1 : 0,
);
const undefinedInWindows1252 = Uint8Array.from({ length: 256 }, (_, byte) =>
  [0x7f, 0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte) ? 1 : 0,
);

class Utf8Check {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #isUtf8 = true;
  #isWindows1252 = true;
  #bytes = 0;
  #high = 0;

  add(bytes: Buffer): NotText | null {
    for (const byte of bytes) {
      if (isBinary[byte]) return 'binary';
      if (byte >= 0x7f) {
        this.#high++;
        if (undefinedInWindows1252[byte]) this.#isWindows1252 = false;
      }
    }
    this.#bytes += bytes.length;
    if (this.#isUtf8) this.#isUtf8 = this.#decodes(bytes);
    // Control bytes further on would still make it binary, so the encoding is judged at the end.
    return null;
  }

  finish(): TextVerdict | null {
    if (this.#isUtf8) {
      if (this.#ends()) return null;
      if (this.#high > 3) throw truncated('TXT', 'it ends in the middle of a character');
    }
    if (this.#isWindows1252 && this.#high <= this.#bytes * 0.3) return null;
    return { notText: 'unknown encoding' };
  }

  #decodes(bytes: Buffer): boolean {
    try {
      this.#decoder.decode(bytes, { stream: true });
      return true;
    } catch {
      return false;
    }
  }

  #ends(): boolean {
    try {
      this.#decoder.decode();
      return true;
    } catch {
      return false;
    }
  }
}

class Utf16Check {
  readonly #decoder: InstanceType<typeof TextDecoder>;
  #bytes = 0;

  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  add(bytes: Buffer): NotText | null {
    this.#bytes += bytes.length;
    let text: string;
    try {
      text = this.#decoder.decode(bytes, { stream: true });
    } catch {
      return 'binary';
    }
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 256 && isBinary[unit]) return 'binary';
    }
    return null;
  }

  finish(): TextVerdict | null {
    if (this.#bytes % 2 === 1) throw truncated('TXT', 'it ends in the middle of a character');
    try {
      this.#decoder.decode();
    } catch {
      throw truncated('TXT', 'it ends in the middle of a character');
    }
    return null;
  }
}

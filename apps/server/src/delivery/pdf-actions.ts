import { setImmediate } from 'node:timers/promises';
import { createInflate } from 'node:zlib';

/** What makes a reader do something, and what would hide it from us. */
const telling = [
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'Rendition',
  'RichMedia',
  'XFA',
  'Encrypt',
];

/** Any character of a name may be written as # and two more; readers differ in what they take for a digit. */
function spelled(name: string): string {
  return [...name].map((letter) => `(?:${letter}|#[^]{2})`).join('');
}

const name = `/(?:(?<nested>${spelled('ObjStm')})|${telling.map(spelled).join('|')})(?![A-Za-z0-9])`;
const anyName = new RegExp(name);
const allNames = new RegExp(name, 'g');

/** A stream of objects whose bytes are those that we inflate: no other filter, no predictor, nothing that we do not know. */
const plainObjectStream =
  /<<(?:\s*\/(?:Type\s*\/ObjStm|(?:N|First)\s+\d+|(?:Length|Extends)\s+\d+(?:\s+\d+\s+R)?|Filter\s*(?:\/FlateDecode|\[\s*\/FlateDecode\s*\])))*\s*>>\s*stream\r?\n/y;
const longestDictionary = 512;

/** Characters that a name may stretch over the border of two parts. */
const overlap = 64;
const partBytes = 1024 * 1024;
const mostInflatedBytes = 512 * 1024 * 1024;

/** Where the bytes of a plain object stream begin whose dictionary holds this place; null when it is not plain. */
function plainBytesAt(pdf: Buffer, at: number): number | null {
  const start = Math.max(0, at - longestDictionary);
  const text = pdf.toString('latin1', start, at + longestDictionary);
  plainObjectStream.lastIndex = Math.max(0, text.lastIndexOf('<<', at - start));
  return plainObjectStream.test(text) ? start + plainObjectStream.lastIndex : null;
}

/** Where object streams begin; null when the file tells that it acts, or has any that we could not read as readers do. */
async function objectStreams(pdf: Buffer): Promise<Set<number> | null> {
  const begins = new Set<number>();
  for (let at = 0; at < pdf.length; at += partBytes) {
    const text = pdf.toString('latin1', at, at + partBytes + overlap);
    for (const { index, groups } of text.matchAll(allNames)) {
      const begin = groups?.['nested'] ? plainBytesAt(pdf, at + index) : null;
      if (begin === null) return null;
      begins.add(begin);
    }
    await setImmediate();
  }
  return begins;
}

/** Where compressed bytes may begin: anywhere behind the end of a line, since readers differ in what they take for the end of a dictionary. */
function* compressed(pdf: Buffer): Generator<number> {
  const [lineFeed, carriageReturn] = [0x0a, 0x0d];
  for (let at = 1; at < pdf.length - 1; at += 1) {
    const before = pdf[at - 1];
    if (before !== lineFeed && before !== carriageReturn) continue;
    const [method = 0, flags = 0] = [pdf[at], pdf[at + 1]];
    if ((method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0) yield at;
  }
}

/**
 * Whether a PDF does anything, or might, when a reader opens it: runs a script, starts a program, sends a form. Errs on that side; what is
 * encrypted or arranged in a way that hides its objects counts as acting.
 */
export async function mayAct(pdf: Buffer): Promise<boolean> {
  const begins = await objectStreams(pdf);
  if (!begins) return true;
  let inflatedBytes = 0;
  for (const at of compressed(pdf)) {
    const inflate = createInflate({ chunkSize: 128 * 1024 });
    inflate.end(pdf.subarray(at));
    let tail = '';
    try {
      for await (const part of inflate) {
        const text: string = tail + part.toString('latin1');
        if (anyName.test(text)) return true;
        tail = text.slice(-overlap);
        inflatedBytes += part.length;
        if (inflatedBytes > mostInflatedBytes) return true;
      }
    } catch {
      // Readers take what came before the damage. Of what is no object stream that is no matter, or it only looked compressed.
      if (begins.has(at)) return true;
    }
  }
  return false;
}

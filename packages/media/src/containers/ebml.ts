import type { ByteSource } from '../byte-source.ts';

/** One EBML element; offsets are absolute. `end` is null for an element of unknown size. */
export interface EbmlElement {
  readonly id: number;
  readonly start: number;
  readonly body: number;
  readonly end: number | null;
}

/** The element at an offset, or null where the bytes are no element's head or end within it. */
export async function readElement(source: ByteSource, start: number): Promise<EbmlElement | null> {
  const head = await source.read(start, 12);
  const id = readId(head);
  if (!id) return null;
  const size = readSize(head, id.length);
  if (!size) return null;
  const body = start + id.length + size.length;
  return { id: id.value, start, body, end: size.value === null ? null : body + size.value };
}

/** The children of an element of known size, in order; a broken one ends the list. */
export async function childElements(
  source: ByteSource,
  parent: { body: number; end: number },
): Promise<{ id: number; body: number; end: number }[]> {
  const children: { id: number; body: number; end: number }[] = [];
  let offset = parent.body;
  while (offset < parent.end && children.length < 4096) {
    const element = await readElement(source, offset);
    if (!element || element.end === null || element.end > parent.end) break;
    children.push({ id: element.id, body: element.body, end: element.end });
    offset = element.end;
  }
  return children;
}

function readId(head: Buffer): { value: number; length: number } | null {
  const length = leadingLength(head[0]);
  if (length === 0 || length > 4 || head.length < length) return null;
  return { value: head.readUIntBE(0, length), length };
}

function readSize(head: Buffer, at: number): { value: number | null; length: number } | null {
  const first = head[at];
  const length = leadingLength(first);
  if (first === undefined || length === 0 || head.length < at + length) return null;
  let value = BigInt(first & (0xff >> length));
  let open = value === BigInt(0xff >> length);
  for (const byte of head.subarray(at + 1, at + length)) {
    value = value * 256n + BigInt(byte);
    open &&= byte === 0xff;
  }
  return { value: open ? null : Number(value), length };
}

/** How many bytes a variable-length number has, from its first one; 0 when that is none. */
export function leadingLength(first: number | undefined): number {
  return first ? Math.clz32(first) - 23 : 0;
}

export async function readUnsigned(
  source: ByteSource,
  element: { body: number; end: number },
): Promise<number> {
  const length = element.end - element.body;
  if (length < 1 || length > 8) return 0;
  const bytes = await source.exact(element.body, length);
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

export async function readFloat(source: ByteSource, element: { body: number; end: number }): Promise<number> {
  const length = element.end - element.body;
  if (length !== 4 && length !== 8) return 0;
  const bytes = await source.exact(element.body, length);
  return length === 4 ? bytes.readFloatBE(0) : bytes.readDoubleBE(0);
}

export async function readText(source: ByteSource, element: { body: number; end: number }): Promise<string> {
  const bytes = await source.exact(element.body, Math.min(64, element.end - element.body));
  const zero = bytes.indexOf(0);
  return bytes.toString('latin1', 0, zero < 0 ? bytes.length : zero);
}

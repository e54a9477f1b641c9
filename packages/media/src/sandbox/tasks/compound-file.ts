import { type ByteSource, EndOfBytes } from '../../byte-source.ts';

const endOfChain = 0xffff_fffe;
const miniSectorSize = 64;
/** 256 MiB of allocation table would describe a file of terabytes. */
const mostTableSectors = 4096;
const longestDirectory = 4 * 1024 * 1024;

interface DirectoryEntry {
  readonly name: string;
  readonly kind: number;
  readonly start: number;
  readonly size: number;
}

/** An OLE compound file ([MS-CFB]): a file system in a file, which older Office formats live in. */
export class CompoundFile {
  readonly entries: readonly DirectoryEntry[];
  readonly #source: ByteSource;
  readonly #sectorSize: number;
  readonly #table: readonly number[];
  readonly #miniCutoff: number;
  readonly #miniTableStart: number;

  private constructor(fields: {
    source: ByteSource;
    sectorSize: number;
    table: readonly number[];
    entries: readonly DirectoryEntry[];
    miniCutoff: number;
    miniTableStart: number;
  }) {
    this.#source = fields.source;
    this.#sectorSize = fields.sectorSize;
    this.#table = fields.table;
    this.entries = fields.entries;
    this.#miniCutoff = fields.miniCutoff;
    this.#miniTableStart = fields.miniTableStart;
  }

  /** Null when the header or the directory makes no sense; EndOfBytes when a stream reaches beyond the file's end. */
  static async open(source: ByteSource): Promise<CompoundFile | null> {
    const header = await source.exact(0, 512);
    const shift = header.readUInt16LE(30);
    if (shift !== 9 && shift !== 12) return null;
    const sectorSize = 2 ** shift;
    const table = await readTable(source, { header, sectorSize });
    if (!table) return null;
    const file = { source, sectorSize, table };
    const directory = await readChain(file, { start: header.readUInt32LE(48), length: longestDirectory });
    const entries = parseDirectory(directory, sectorSize === 512);
    if (entries[0]?.kind !== 5) return null;
    const miniCutoff = header.readUInt32LE(56);
    refuseCut(
      file,
      // The root entry's chain holds all streams that are shorter than the cutoff.
      entries.filter(({ kind, size }) => kind === 5 || (kind === 2 && size >= miniCutoff)),
    );
    return new CompoundFile({ ...file, entries, miniCutoff, miniTableStart: header.readUInt32LE(60) });
  }

  has(name: string): boolean {
    return this.entries.some((entry) => entry.name === name);
  }

  /** Up to `limit` bytes of a stream; null when there is none of that name. */
  async read(name: string, limit: number): Promise<Buffer | null> {
    const entry = this.entries.find((candidate) => candidate.name === name && candidate.kind === 2);
    if (!entry) return null;
    const length = Math.min(entry.size, limit);
    if (entry.size >= this.#miniCutoff) return this.#chain(entry.start, length);
    return this.#readMini(entry.start, length);
  }

  #chain(start: number, length: number): Promise<Buffer> {
    const file = { source: this.#source, sectorSize: this.#sectorSize, table: this.#table };
    return readChain(file, { start, length });
  }

  /** Short streams lie in 64-byte sectors inside the root entry's stream, with a table of their own. */
  async #readMini(start: number, length: number): Promise<Buffer | null> {
    const root = this.entries[0];
    if (!root) return null;
    const container = await this.#chain(root.start, Math.min(root.size, longestDirectory));
    const table = await this.#chain(this.#miniTableStart, longestDirectory);
    const parts: Buffer[] = [];
    let sector = start;
    for (let missing = length; missing > 0; missing -= miniSectorSize) {
      const at = sector * miniSectorSize;
      if (at + miniSectorSize > container.length) return null;
      parts.push(container.subarray(at, at + Math.min(missing, miniSectorSize)));
      if (missing <= miniSectorSize) break;
      if (sector * 4 + 4 > table.length) return null;
      sector = table.readUInt32LE(sector * 4);
    }
    return Buffer.concat(parts);
  }
}

interface Sectors {
  readonly source: ByteSource;
  readonly sectorSize: number;
  readonly table: readonly number[];
}

const sectorOffset = (sector: number, sectorSize: number) => (sector + 1) * sectorSize;

/** The sector allocation table; its own sectors are listed in the header and, for large files, in a chain behind it. */
async function readTable(
  source: ByteSource,
  { header, sectorSize }: { header: Buffer; sectorSize: number },
): Promise<number[] | null> {
  const count = header.readUInt32LE(44);
  if (count === 0 || count > mostTableSectors) return null;
  const sectors: number[] = [];
  for (let at = 76; at < 512 && sectors.length < count; at += 4) sectors.push(header.readUInt32LE(at));
  let next = header.readUInt32LE(68);
  while (sectors.length < count) {
    if (next >= endOfChain - 3) return null;
    const list = await source.exact(sectorOffset(next, sectorSize), sectorSize);
    for (let at = 0; at < sectorSize - 4 && sectors.length < count; at += 4)
      sectors.push(list.readUInt32LE(at));
    next = list.readUInt32LE(sectorSize - 4);
  }
  const table: number[] = [];
  for (const sector of sectors) {
    const bytes = await source.exact(sectorOffset(sector, sectorSize), sectorSize);
    for (let at = 0; at < sectorSize; at += 4) table.push(bytes.readUInt32LE(at));
  }
  return table;
}

/** The last byte of every long stream must be in the file; writers may leave the sector behind it short or out. */
function refuseCut(
  { source, sectorSize, table }: Sectors,
  streams: readonly { readonly start: number; readonly size: number }[],
): void {
  const seen = new Set<number>();
  for (const { start, size } of streams) {
    let missing = size;
    // No sector belongs to two chains, so all streams together take no more steps than the table has entries.
    for (let sector = start; missing > 0 && sector < endOfChain - 3 && !seen.has(sector); ) {
      seen.add(sector);
      const end = sectorOffset(sector, sectorSize) + Math.min(missing, sectorSize);
      if (end > source.size) throw new EndOfBytes(end - 1, 1);
      missing -= sectorSize;
      sector = table[sector] ?? endOfChain;
    }
  }
}

/** A chain's bytes; never more sectors than the table has, so a loop ends. */
async function readChain(
  { source, sectorSize, table }: Sectors,
  { start, length }: { start: number; length: number },
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let sector = start;
  let missing = length;
  for (let step = 0; step < table.length && missing > 0 && sector < endOfChain - 3; step++) {
    const part = await source.read(sectorOffset(sector, sectorSize), Math.min(sectorSize, missing));
    parts.push(Buffer.from(part));
    missing -= part.length;
    if (part.length === 0) break;
    sector = table[sector] ?? endOfChain;
  }
  return Buffer.concat(parts);
}

function parseDirectory(bytes: Buffer, shortSizes: boolean): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  for (let at = 0; at + 128 <= bytes.length; at += 128) {
    const nameLength = Math.min(64, bytes.readUInt16LE(at + 64));
    entries.push({
      name: bytes.toString('utf16le', at, at + Math.max(0, nameLength - 2)),
      kind: bytes.readUInt8(at + 66),
      start: bytes.readUInt32LE(at + 116),
      // Files of 512-byte sectors leave noise in the upper half.
      size: shortSizes ? bytes.readUInt32LE(at + 120) : Number(bytes.readBigUInt64LE(at + 120)),
    });
  }
  return entries;
}

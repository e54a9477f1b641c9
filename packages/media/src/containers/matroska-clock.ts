import type { ByteSource } from '../byte-source.ts';
import { truncated } from '../refusal.ts';
import { type EbmlElement, leadingLength, readElement, readUnsigned } from './ebml.ts';
import { levelOneIds, matroska } from './matroska-ids.ts';
import type { MatroskaTrack } from './matroska-tracks.ts';

/** More tracks than any film has; a hostile file names a new one in every block. */
const mostTracks = 128;

interface TrackClock {
  last: number;
  /** Distance between the last two blocks: how long a block of a track without a declared frame length lasts. */
  step: number;
  lastLength: number | null;
  frames: number;
}

/**
 * Follows the blocks of a file that does not say its duration: the last block's timestamp and its length, over the
 * tracks that play. Timestamps are in units of `timestampScale` nanoseconds.
 */
export class MatroskaClock {
  readonly #source: ByteSource;
  readonly #label: string;
  readonly #clocks = new Map<number, TrackClock>();

  constructor(source: ByteSource, label: string) {
    this.#source = source;
    this.#label = label;
  }

  /** Reads a cluster's blocks and answers where the next element of the segment starts. */
  async readCluster(cluster: EbmlElement): Promise<number> {
    const source = this.#source;
    const end = cluster.end ?? source.size;
    let offset = cluster.body;
    let base = 0;
    while (offset < end) {
      const element = await readElement(source, offset);
      if (!element) throw truncated(this.#label, 'it ends within a cluster');
      if (cluster.end === null && levelOneIds.has(element.id)) return offset;
      if (element.end === null || element.end > source.size) {
        throw truncated(this.#label, 'it ends within a block');
      }
      const child = { body: element.body, end: element.end };
      if (element.id === matroska.timestamp) base = await readUnsigned(source, child);
      if (element.id === matroska.simpleBlock) await this.#addBlock(child, { base, length: null });
      if (element.id === matroska.blockGroup) await this.#addGroup(child, base);
      offset = element.end;
    }
    return end;
  }

  /** Seconds up to the end of the last block of the given tracks. */
  seconds(tracks: readonly MatroskaTrack[], timestampScale: number): number {
    let nanoseconds = 0;
    for (const track of tracks) {
      const clock = this.#clocks.get(track.number);
      if (!clock) continue;
      const declared = track.frameNanoseconds === null ? null : track.frameNanoseconds * clock.frames;
      const length =
        clock.lastLength === null
          ? (declared ?? clock.step * timestampScale)
          : clock.lastLength * timestampScale;
      nanoseconds = Math.max(nanoseconds, clock.last * timestampScale + length);
    }
    return nanoseconds / 1e9;
  }

  async #addGroup(group: { body: number; end: number }, base: number): Promise<void> {
    let block: { body: number; end: number } | null = null;
    let length: number | null = null;
    let offset = group.body;
    while (offset < group.end) {
      const element = await readElement(this.#source, offset);
      if (!element || element.end === null || element.end > group.end) break;
      const child = { body: element.body, end: element.end };
      if (element.id === matroska.block) block = child;
      if (element.id === matroska.blockDuration) length = await readUnsigned(this.#source, child);
      offset = element.end;
    }
    if (block) await this.#addBlock(block, { base, length });
  }

  async #addBlock(
    block: { body: number; end: number },
    { base, length }: { base: number; length: number | null },
  ): Promise<void> {
    const head = await this.#source.read(block.body, Math.min(16, block.end - block.body));
    const numberLength = leadingLength(head[0]);
    if (numberLength === 0 || numberLength > 4 || head.length < numberLength + 3) return;
    const track = head.readUIntBE(0, numberLength) - 2 ** (7 * numberLength);
    const time = base + head.readInt16BE(numberLength);
    const laced = (head.readUInt8(numberLength + 2) & 0x06) !== 0;
    const frames = laced ? (head[numberLength + 3] ?? 0) + 1 : 1;
    const before = this.#clocks.get(track);
    if (!before && this.#clocks.size === mostTracks) return;
    if (before && time < before.last) return;
    const step = before && time > before.last ? time - before.last : (before?.step ?? 0);
    this.#clocks.set(track, { last: time, step, lastLength: length, frames });
  }
}

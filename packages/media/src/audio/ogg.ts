import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { durationInMs } from '../duration.ts';
import { missingFact, truncated, unsupported } from '../refusal.ts';
import { type OggCodec, readOggCodec } from './ogg-codec.ts';

const label = 'OGG';

/** Streams side by side; one after another there may be any number. */
const mostStreams = 64;

interface OggPage {
  readonly first: boolean;
  readonly granule: bigint;
  readonly serial: number;
  /** Packets that end on this page. */
  readonly packets: number;
  readonly body: number;
  readonly end: number;
}

interface OggStream {
  readonly codec: OggCodec & { kind: 'audio' };
  /** The first page on which a packet of sound ends. */
  first: { granule: number; packets: number } | null;
  last: number;
  packets: number;
}

/**
 * Walks all pages, since streams may be chained one after another and each counts its time from its own start. A stream
 * that stops at a page's end without its end mark (a recording of a broadcast) is whole; one cut within a page is not.
 */
export async function readOgg(source: ByteSource): Promise<AssetFacts> {
  let streams = new Map<number, OggStream>();
  let finished = 0;
  let afterHeaders = true;
  let offset = 0;
  while (offset < source.size) {
    const page = await readPage(source, offset);
    if (!page) {
      if (offset === 0) throw missingFact(label, { fact: 'duration', why: 'it does not start with a page' });
      break;
    }
    if (page.first) {
      // The next link of a chain starts after the data of the one before.
      if (!afterHeaders) {
        finished += linkSeconds(streams);
        streams = new Map();
      }
      afterHeaders = true;
      const codec = readOggCodec(await source.read(page.body, Math.min(64, page.end - page.body)));
      if (codec.kind === 'video') {
        throw unsupported(`an Ogg file with ${codec.name} video`, 'Export it as MP4 or WEBM.');
      }
      if (codec.kind === 'audio' && streams.size < mostStreams)
        streams.set(page.serial, { codec, first: null, last: 0, packets: 0 });
    } else {
      afterHeaders = false;
      addPage(streams.get(page.serial), page);
    }
    offset = page.end;
  }
  const seconds = finished + linkSeconds(streams);
  if (streams.size === 0) throw unsupported('an Ogg file without Vorbis, Opus, FLAC or Speex sound');
  return { type: 'audio', format: 'ogg', durationMs: durationInMs(label, seconds) };
}

async function readPage(source: ByteSource, offset: number): Promise<OggPage | null> {
  const head = await source.read(offset, 27);
  if (!'OggS'.startsWith(head.toString('latin1', 0, 4))) return null;
  if (head.length < 27) throw truncated(label, 'it ends within a page');
  const segments = head.readUInt8(26);
  const flags = head.readUInt8(5);
  const granule = head.readBigInt64LE(6);
  const serial = head.readUInt32LE(14);
  const lacing = await source.read(offset + 27, segments);
  let length = 0;
  let packets = 0;
  for (const value of lacing) {
    length += value;
    if (value < 255) packets++;
  }
  const body = offset + 27 + segments;
  const end = body + length;
  if (lacing.length < segments || end > source.size) throw truncated(label, 'it ends within a page');
  return { first: (flags & 0x02) !== 0, granule, serial, packets, body, end };
}

function addPage(stream: OggStream | undefined, page: OggPage): void {
  // Header pages are at 0, and -1 marks a page on which no packet ends.
  if (!stream || page.granule <= 0n) return;
  const granule = Number(page.granule);
  stream.first ??= { granule, packets: page.packets };
  stream.packets += page.packets;
  stream.last = Math.max(stream.last, granule);
}

function linkSeconds(streams: Map<number, OggStream>): number {
  let seconds = 0;
  for (const stream of streams.values()) {
    const { rate } = stream.codec;
    if (rate > 0) seconds = Math.max(seconds, (stream.last - silentStart(stream)) / rate);
  }
  return seconds;
}

/** The granule position at which playing starts: what the codec skips, or the place where a broadcast was joined. */
function silentStart({ codec, first, last, packets }: OggStream): number {
  if (!first) return 0;
  if (first.granule <= first.packets * codec.longestPacket) return codec.preSkip;
  // It counts from further on than its packets can reach. They are as long as the ones behind them on average.
  const later = packets - first.packets;
  const perPacket = later > 0 ? (last - first.granule) / later : 0;
  return first.granule - first.packets * perPacket;
}

import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { displayedSize } from '../displayed-size.ts';
import { durationInMs } from '../duration.ts';
import { missingFact, truncated, unsupported } from '../refusal.ts';
import { childBoxes, type IsoBox, readTopLevel } from './iso-box.ts';
import { readIsoFamily } from './iso-brand.ts';
import { type FragmentSpan, readFragments } from './iso-fragments.ts';
import { combine, isQuarterTurn, type Matrix, readMatrix } from './iso-matrix.ts';
import { lastSampleEnd } from './iso-sample-end.ts';
import { type IsoTrack, readIsoTrack } from './iso-track.ts';

/** MP4, MOV and M4A: the headers only, wherever they lie; the samples are never read. */
export async function readIsoMedia(source: ByteSource): Promise<AssetFacts> {
  const family = await readIsoFamily(source);
  const label = family === 'quicktime' ? 'MOV' : 'MP4';
  const { moov, fragmentStarts } = await readTopLevel(source, label);
  if (!moov) throw truncated(label, "its header, the 'moov' box, is missing");
  const movie = await readMovie(source, moov);
  if (movie.compressed) {
    throw missingFact(label, {
      fact: 'duration',
      why: 'its header is compressed in a way that is out of use',
    });
  }
  const { video, audio } = pickTracks(movie.tracks);
  if (!video && audio.length === 0) {
    throw unsupported(`an ${label} file without video or sound`);
  }
  if (!video && family === 'quicktime') {
    throw unsupported('a QuickTime file with sound only', 'Export it as M4A.');
  }
  for (const track of video ? [video, ...audio] : audio) {
    if ((await lastSampleEnd(source, track.sampleTable)) > source.size) {
      throw truncated(label, 'it ends before the last of its samples');
    }
  }
  const fragments = await readFragments(source, { moov, fragmentStarts });
  const seconds = Math.max(
    ...(video ? [video, ...audio] : audio).map((track) =>
      presentationSeconds(track, { movieTimescale: movie.timescale, fragments: fragments.get(track.id) }),
    ),
  );
  if (!video) return { type: 'audio', format: 'm4a', durationMs: durationInMs('M4A', seconds) };
  return {
    type: 'video',
    format: family === 'quicktime' ? 'mov' : 'mp4',
    ...displayedSize(label, {
      width: Math.round(video.codedWidth),
      height: Math.round(video.codedHeight),
      pixelAspect: video.pixelAspect,
      quarterTurned: isQuarterTurn(combine(video.matrix, movie.matrix)),
    }),
    durationMs: durationInMs(label, seconds),
  };
}

interface Movie {
  readonly timescale: number;
  readonly matrix: Matrix;
  readonly tracks: readonly IsoTrack[];
  readonly compressed: boolean;
}

const upright: Matrix = { a: 1, b: 0, c: 0, d: 1 };

async function readMovie(source: ByteSource, moov: IsoBox): Promise<Movie> {
  const boxes = await childBoxes(source, moov);
  const tracks: IsoTrack[] = [];
  let timescale = 0;
  let matrix = upright;
  for (const box of boxes) {
    if (box.type === 'mvhd') {
      const long = (await source.exact(box.body, 1)).readUInt8(0) === 1;
      const bytes = await source.exact(box.body, long ? 112 : 100);
      timescale = bytes.readUInt32BE(long ? 20 : 12);
      matrix = readMatrix(bytes, long ? 48 : 36);
    }
    if (box.type === 'trak') {
      const track = await readIsoTrack(source, box);
      if (track) tracks.push(track);
    }
  }
  return { timescale, matrix, tracks, compressed: boxes.some(({ type }) => type === 'cmov') };
}

/** The picture and the sound that play; chapter pictures and disabled alternatives do not. */
function pickTracks(tracks: readonly IsoTrack[]): { video: IsoTrack | undefined; audio: IsoTrack[] } {
  const chapters = new Set(tracks.flatMap(({ chapterTracks }) => chapterTracks));
  const playing = tracks.filter(({ id }) => !chapters.has(id));
  const ofKind = (kind: IsoTrack['kind']) => {
    const all = playing.filter((track) => track.kind === kind);
    const enabled = all.filter((track) => track.enabled);
    return enabled.length > 0 ? enabled : all;
  };
  return { video: ofKind('video')[0], audio: ofKind('audio') };
}

/** How long a track plays: its edit list where it has one, else its media, else its fragments. */
function presentationSeconds(
  track: IsoTrack,
  options: { movieTimescale: number; fragments: FragmentSpan | undefined },
): number {
  const { fragments, movieTimescale } = options;
  const media = mediaUnits(track, fragments) / track.timescale;
  if (track.edits.length === 0 || movieTimescale === 0) return media;
  let seconds = 0;
  for (const edit of track.edits) {
    // An edit of length 0 plays to the end of the media: what a fragmented file writes before it knows its length.
    if (edit.duration > 0 && !(fragments && edit.mediaTime >= 0)) seconds += edit.duration / movieTimescale;
    else if (edit.mediaTime >= 0) seconds += Math.max(0, media - edit.mediaTime / track.timescale);
  }
  return seconds > 0 ? seconds : media;
}

function mediaUnits(track: IsoTrack, fragments: FragmentSpan | undefined): number {
  if (!fragments) return track.mediaDuration;
  // A stream that was cut out of a longer one starts late; what lies before it is not in the file.
  const cutOut = fragments.start > track.timescale * 10 && track.mediaDuration === 0;
  return Math.max(track.mediaDuration, fragments.end - (cutOut ? fragments.start : 0));
}

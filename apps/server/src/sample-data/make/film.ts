import { type Stereo, toWav } from '../music/wav.ts';
import { ffmpeg, reproducible } from './ffmpeg.ts';
import type { Make } from './recipe.ts';

export interface FilmOptions {
  /** The shots, in order; the camera moves slowly over each. */
  readonly stills: readonly [string, ...string[]];
  /** Of every shot; neighbours overlap by half a second. */
  readonly secondsEach: number;
  /** Pixels; default 1280 × 720. */
  readonly width?: number;
  readonly height?: number;
  readonly play: () => Stereo;
}

const framesPerSecond = 25;
const overlap = 0.5;

/** Where the camera goes on the shots, in turn: from wide to close, and back. */
const moves = [
  { zoom: '1+0.16*on/FRAMES', x: '(iw-iw/zoom)*0.5', y: '(ih-ih/zoom)*0.5' },
  { zoom: '1.18-0.15*on/FRAMES', x: '(iw-iw/zoom)*0.7', y: '(ih-ih/zoom)*0.4' },
  { zoom: '1.16', x: '(iw-iw/zoom)*on/FRAMES', y: '(ih-ih/zoom)*0.5' },
] as const;

function shotFilter(index: number, { secondsEach, width = 1280, height = 720 }: FilmOptions): string {
  const frames = Math.round(secondsEach * framesPerSecond);
  const move = moves[index % moves.length] ?? moves[0];
  const at = (expression: string) => expression.replaceAll('FRAMES', String(frames));
  // The camera moves by whole pixels of the source, so the source is larger: otherwise the motion trembles.
  const [w, h] = [width * 1.5, height * 1.5];
  return (
    `[${index}:v]scale=${w}:${h}:force_original_aspect_ratio=increase,crop=${w}:${h},` +
    `zoompan=z='${at(move.zoom)}':x='${at(move.x)}':y='${at(move.y)}':d=${frames}:s=${width}x${height}:fps=${framesPerSecond},` +
    `format=yuv420p,setsar=1[shot${index}]`
  );
}

/** What the filter graph calls the finished picture. */
const lastShot = ({ stills }: FilmOptions) => (stills.length === 1 ? 'shot0' : `cut${stills.length - 1}`);

function filmFilter(options: FilmOptions): string {
  const { stills, secondsEach } = options;
  const shots = stills.map((_, index) => shotFilter(index, options));
  const fades = stills.slice(1).map((_, index) => {
    const from = index === 0 ? 'shot0' : `cut${index}`;
    const offset = (index + 1) * (secondsEach - overlap);
    return `[${from}][shot${index + 1}]xfade=transition=fade:duration=${overlap}:offset=${offset}[cut${index + 1}]`;
  });
  return [...shots, ...fades].join(';');
}

const webm = '-c:v libvpx -deadline good -cpu-used 5 -b:v 2500k -c:a libvorbis -q:a 4';
const mp4 = '-c:v libx264 -preset superfast -crf 24 -c:a aac -b:a 128k -movflags +faststart';

const codecs = (target: string) => (target.endsWith('.webm') ? webm : mp4).split(' ');

/** A film out of stills, with music, as mp4, mov or webm. */
export function film(options: FilmOptions): Make {
  const { stills, secondsEach, play } = options;
  const seconds = stills.length * secondsEach - (stills.length - 1) * overlap;
  return {
    needs: stills,
    async run(target, pathOf) {
      const inputs = stills.flatMap((still) => ['-i', pathOf(still)]);
      const sound = `[${stills.length}:a]afade=t=out:st=${seconds - 0.8}:d=0.8[sound]`;
      await ffmpeg(
        [
          ...inputs,
          ...['-i', 'pipe:0', '-filter_complex', `${filmFilter(options)};${sound}`],
          ...['-map', `[${lastShot(options)}]`, '-map', '[sound]', '-t', String(seconds)],
          ...reproducible,
          ...codecs(target),
          target,
        ],
        toWav(play()),
      );
    },
  };
}

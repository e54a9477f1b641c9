import { join } from 'node:path';
import type { FormatOf } from '@vitrine/schema';
import type { MediaRecipe } from './media-recipe.ts';
import { pipeFfmpeg, runFfmpeg } from './tools.ts';

type VideoFormat = FormatOf<'video'>;

/** 1.2 s of a moving test picture and a tone. */
const source = (size = '128x72') => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25:d=1.2`],
  ...['-f', 'lavfi', '-i', 'sine=f=440:r=44100:d=1.2'],
];
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'];
const aac = ['-c:a', 'aac', '-b:a', '64k'];
const vp8 = ['-c:v', 'libvpx', '-b:v', '200k', '-deadline', 'realtime', '-c:a', 'libvorbis'];

interface Options {
  readonly size?: readonly [width: number, height: number];
  readonly durationMs?: number;
}

function video(
  format: VideoFormat,
  variant: string,
  { size: [width, height] = [128, 72], durationMs = 1200, make }: Options & Pick<MediaRecipe, 'make'>,
): MediaRecipe {
  return { variant, facts: { type: 'video', format, width, height, durationMs }, make };
}

const encoded = (format: VideoFormat, variant: string, args: readonly string[], options: Options = {}) =>
  video(format, variant, { ...options, make: (path) => runFfmpeg([...source(), ...args, path]) });

/** A file whose display matrix turns the picture by a quarter, as telephones write it. */
const turned = (format: 'mp4' | 'mov', variant: string, degrees: 90 | 270) =>
  video(format, variant, {
    size: [72, 128],
    async make(path, scratch) {
      const upright = join(scratch, `upright.${format}`);
      await runFfmpeg([...source(), ...h264, ...aac, upright]);
      await runFfmpeg(['-i', upright, '-c', 'copy', '-metadata:s:v:0', `rotate=${degrees}`, path]);
    },
  });

/** Written to a pipe: the program could not go back and fill in sizes and durations. */
const piped = (format: VideoFormat, variant: string, args: readonly string[]) =>
  video(format, variant, {
    make: (path) => pipeFfmpeg([...source(), ...args], path),
  });

const mp4s: MediaRecipe[] = [
  encoded('mp4', 'h264-aac', [...h264, ...aac]),
  encoded('mp4', 'header-first', [...h264, ...aac, '-movflags', '+faststart']),
  turned('mp4', 'rotated', 90),
  encoded('mp4', 'fragmented', [
    ...h264,
    ...aac,
    '-g',
    '10',
    '-movflags',
    'frag_keyframe+empty_moov+default_base_moof',
  ]),
  encoded('mp4', 'dash', [...h264, ...aac, '-g', '10', '-movflags', 'dash+global_sidx+frag_keyframe']),
  // Non-square pixels: 128 stored columns are shown as 171.
  encoded('mp4', 'anamorphic', [...h264, '-vf', 'setsar=4/3', ...aac], { size: [171, 72] }),
  // Cut without encoding: an edit list hides what lies before the cut.
  video('mp4', 'edit-list', {
    durationMs: 700,
    async make(path, scratch) {
      const whole = join(scratch, 'whole.mp4');
      await runFfmpeg([...source(), ...h264, '-g', '100', ...aac, whole]);
      await runFfmpeg(['-ss', '0.5', '-i', whole, '-c', 'copy', path]);
    },
  }),
  encoded('mp4', 'silent', [...h264, '-an']),
];

const webms: MediaRecipe[] = [
  encoded('webm', 'vp8-vorbis', vp8),
  encoded('webm', 'vp9-opus', [
    ...['-c:v', 'libvpx-vp9', '-b:v', '100k', '-deadline', 'realtime', '-cpu-used', '8'],
    ...['-c:a', 'libopus', '-ar', '48000'],
  ]),
  piped('webm', 'without-duration', [...vp8, '-f', 'webm']),
  piped('webm', 'live', [...vp8, '-live', '1', '-f', 'webm']),
];

const movs: MediaRecipe[] = [
  encoded('mov', 'h264-aac', [...h264, ...aac]),
  encoded('mov', 'mjpeg-pcm', ['-c:v', 'mjpeg', '-q:v', '8', '-c:a', 'pcm_s16le', '-ar', '22050']),
  turned('mov', 'rotated', 270),
];

const avis: MediaRecipe[] = [
  encoded('avi', 'mpeg4-mp3', ['-c:v', 'mpeg4', '-b:v', '300k', '-c:a', 'libmp3lame']),
  encoded('avi', 'mjpeg-pcm', ['-c:v', 'mjpeg', '-q:v', '8', '-c:a', 'pcm_s16le', '-ar', '22050']),
  piped('avi', 'streamed', ['-c:v', 'mpeg4', '-b:v', '300k', '-an', '-f', 'avi']),
];

const mkvs: MediaRecipe[] = [
  encoded('mkv', 'h264-aac', [...h264, ...aac]),
  encoded('mkv', 'vp8-vorbis', vp8),
  encoded('mkv', 'anamorphic', [...h264, '-vf', 'setsar=4/3', ...aac], { size: [171, 72] }),
  piped('mkv', 'without-duration', [...h264, ...aac, '-f', 'matroska']),
];

export const videoRecipes: Record<VideoFormat, MediaRecipe[]> = {
  mp4: mp4s,
  webm: webms,
  mov: movs,
  avi: avis,
  mkv: mkvs,
};

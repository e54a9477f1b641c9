import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FormatOf } from '@vitrine/schema';
import type { MediaRecipe } from './media-recipe.ts';
import { picture } from './picture.ts';
import { pipeFfmpeg, runFfmpeg } from './tools.ts';

type AudioFormat = FormatOf<'audio'>;

/** A tone with noise, so that a variable bit rate varies: noise in its second half. */
const tone = (rate = 44_100) => [
  '-f',
  'lavfi',
  '-i',
  `aevalsrc='if(lt(t,0.7),0.5*sin(880*t),0.4*random(0)-0.2)':s=${rate}:d=1.4`,
];

function audio(
  format: AudioFormat,
  variant: string,
  { durationMs = 1400, make }: { durationMs?: number } & Pick<MediaRecipe, 'make'>,
): MediaRecipe {
  return { variant, facts: { type: 'audio', format, durationMs }, make };
}

const encoded = (format: AudioFormat, variant: string, args: readonly string[], rate?: number): MediaRecipe =>
  audio(format, variant, { make: (path) => runFfmpeg([...tone(rate), ...args, path]) });

const mp3s: MediaRecipe[] = [
  encoded('mp3', 'constant-rate', ['-c:a', 'libmp3lame', '-b:a', '128k', '-write_xing', '0']),
  encoded('mp3', 'variable-rate', ['-c:a', 'libmp3lame', '-q:a', '4']),
  encoded('mp3', 'variable-rate-without-header', ['-c:a', 'libmp3lame', '-q:a', '4', '-write_xing', '0']),
  encoded('mp3', 'mpeg2-mono', ['-c:a', 'libmp3lame', '-b:a', '32k', '-write_id3v1', '1'], 22_050),
  audio('mp3', 'with-cover', {
    async make(path, scratch) {
      const cover = join(scratch, 'cover.jpg');
      await picture(120, 120).jpeg().toFile(cover);
      await runFfmpeg([
        ...tone(),
        ...['-i', cover, '-map', '0', '-map', '1', '-c:a', 'libmp3lame', '-b:a', '96k', '-c:v', 'copy'],
        ...['-disposition:v', 'attached_pic', '-id3v2_version', '3', '-write_id3v1', '1'],
        path,
      ]);
    },
  }),
];

const wavs: MediaRecipe[] = [
  encoded('wav', 'pcm-16', ['-c:a', 'pcm_s16le']),
  encoded('wav', 'pcm-24', ['-c:a', 'pcm_s24le'], 48_000),
  encoded('wav', 'float', ['-c:a', 'pcm_f32le'], 22_050),
  encoded('wav', 'adpcm', ['-c:a', 'adpcm_ima_wav'], 22_050),
  encoded('wav', 'rf64', ['-c:a', 'pcm_s16le', '-rf64', 'always'], 22_050),
  audio('wav', 'streamed', {
    make: (path) => pipeFfmpeg([...tone(), '-c:a', 'pcm_s16le', '-f', 'wav'], path),
  }),
];

const vorbis = ['-c:a', 'libvorbis', '-q:a', '3'];
const oggs: MediaRecipe[] = [
  encoded('ogg', 'vorbis', vorbis),
  encoded('ogg', 'opus', ['-c:a', 'libopus', '-b:a', '48k', '-f', 'ogg'], 48_000),
  encoded('ogg', 'flac', ['-c:a', 'flac', '-f', 'ogg'], 22_050),
  // Two recordings one after the other, as radio stations send them.
  audio('ogg', 'chained', {
    durationMs: 2800,
    async make(path, scratch) {
      const first = join(scratch, 'first.ogg');
      const second = join(scratch, 'second.ogg');
      await runFfmpeg([...tone(), ...vorbis, '-serial_offset', '1', first]);
      await runFfmpeg([...tone(), ...vorbis, '-serial_offset', '2', second]);
      await writeFile(path, Buffer.concat([await readFile(first), await readFile(second)]));
    },
  }),
];

const aacs: MediaRecipe[] = [
  encoded('aac', 'stereo', ['-c:a', 'aac', '-b:a', '96k', '-ac', '2']),
  encoded('aac', 'mono', ['-c:a', 'aac', '-b:a', '32k'], 22_050),
  audio('aac', 'tagged', {
    async make(path, scratch) {
      const bare = join(scratch, 'bare.aac');
      await runFfmpeg([...tone(), '-c:a', 'aac', bare]);
      // An ID3v2.4 tag that holds nothing but padding.
      const tag = Buffer.concat([Buffer.from('49443304000000000100', 'hex'), Buffer.alloc(128)]);
      await writeFile(path, Buffer.concat([tag, await readFile(bare)]));
    },
  }),
];

const m4as: MediaRecipe[] = [
  encoded('m4a', 'aac', ['-c:a', 'aac', '-b:a', '96k']),
  encoded('m4a', 'alac', ['-c:a', 'alac'], 22_050),
  encoded('m4a', 'fragmented', [
    '-c:a',
    'aac',
    '-movflags',
    'empty_moov+default_base_moof',
    '-frag_duration',
    '300000',
  ]),
  audio('m4a', 'with-cover', {
    async make(path, scratch) {
      const cover = join(scratch, 'cover.jpg');
      await picture(120, 120).jpeg().toFile(cover);
      await runFfmpeg([
        ...tone(),
        ...[
          '-i',
          cover,
          '-map',
          '0',
          '-map',
          '1',
          '-c:a',
          'aac',
          '-c:v',
          'copy',
          '-disposition:v',
          'attached_pic',
        ],
        path,
      ]);
    },
  }),
];

export const audioRecipes: Record<AudioFormat, MediaRecipe[]> = {
  mp3: mp3s,
  wav: wavs,
  ogg: oggs,
  aac: aacs,
  m4a: m4as,
};

/** What Vitrine's video and audio formats need, and no more: a playlist that calls itself MP4 opens nothing else. */
const containers = 'mov,mp4,matroska,webm,avi,mp3,wav,ogg,aac';
const codecs = [
  'h264,hevc,mpeg4,msmpeg4,msmpeg4v2,msmpeg4v1,mpeg1video,mpeg2video,h263,flv1,wmv1,wmv2,vc1',
  'vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,theora,mjpeg,png,prores,dnxhd,cinepak,dvvideo,huffyuv,ffv1,rawvideo,svq3,qtrle,rpza',
  'mp3,mp3float,aac,aac_latm,vorbis,libvorbis,opus,libopus,flac,alac,speex,libspeex,ac3,eac3,mp2,mp2float,wmav1,wmav2,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,amrnb,amrwb',
  'pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_u8,pcm_s8,pcm_f32le,pcm_f32be,pcm_f64le,pcm_alaw,pcm_mulaw,gsm,gsm_ms',
].join(',');

/** One processor, no keyboard, local files of known formats only. */
export const quietly = ['-nostdin', '-v', 'error', '-threads', '1'] as const;

/** The options before an input that hold whatever the file says about itself. */
export function hostileInput(input: string, before: readonly string[] = []): string[] {
  return [
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    containers,
    '-codec_whitelist',
    codecs,
    ...before,
    '-i',
    input,
  ];
}

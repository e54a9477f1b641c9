import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type AudioRef, createVitrineClient, resolveContext, type VisualRef } from '@vitrine/client';

const run = promisify(execFile);
const vitrine = createVitrineClient({
  url: process.env['VITRINE_URL'] ?? 'http://localhost:4400',
  apiKey: process.env['VITRINE_KEY'],
});
const place = {
  clientId: process.env['VITRINE_CLIENT'] ?? '',
  ...(process.env['VITRINE_CAMPAIGN'] && { campaignId: process.env['VITRINE_CAMPAIGN'] }),
};

// 1. Ask. What the answer holds follows from what is needed.
const context = await resolveContext(vitrine, {
  ...place,
  need: {
    first_frame: { min: 1, max: 1, constraints: { aspect: '16:9', minWidth: 640 } },
    brand_logo: 1,
    voice_sample: { max: 1 },
  },
  constraints: { formats: ['png', 'jpg', 'wav', 'mp3'], maxDuration: 30, channel: 'social', territory: 'DE' },
});

// 2. Nothing is generated with what does not fit or may not be used.
if (!context.ok) {
  for (const { slot, reason, needed, candidates } of context.missing) {
    console.error(`${slot}: ${needed} needed, ${reason}`);
    for (const { name, detail } of candidates) console.error(`  ${name}: ${detail}`);
  }
  process.exit(1);
}
const [frame] = context.slots.first_frame; // an image or a video, and there is one
const [logo] = context.slots.brand_logo;
const [voice] = context.slots.voice_sample; // a sound, or undefined

// 3. Generate. Here with ffmpeg: the frame stands still for as long as the voice speaks, with the logo in its corner.
async function download({ url, format }: VisualRef | AudioRef, name: string): Promise<string> {
  const file = `${name}.${format}`;
  await writeFile(file, new Uint8Array(await (await fetch(url)).arrayBuffer()));
  return file;
}
const even = (pixels: number) => Math.floor(pixels / 2) * 2;
const seconds = voice ? voice.durationMs / 1000 : 3;
const [picture, mark] = [await download(frame, 'frame'), await download(logo, 'logo')];
const sound = voice ? ['-i', await download(voice, 'voice')] : [];
const scale = `[0]scale=${even(frame.width)}:${even(frame.height)},setsar=1[frame]`;
const corner = `[1]scale=${even(frame.width / 6)}:-2[logo];[frame][logo]overlay=W-w-16:16[picture]`;
const inputs = ['-loop', '1', '-i', picture, '-i', mark, ...sound];
const output = [
  '-map',
  '[picture]',
  ...(voice ? ['-map', '2:a'] : []),
  '-t',
  `${seconds}`,
  '-pix_fmt',
  'yuv420p',
];
await run('ffmpeg', ['-y', ...inputs, '-filter_complex', `${scale};${corner}`, ...output, 'advert.mp4']);

// 4. Bring it back, with what it was made of: the very versions that were chosen.
const used = Object.entries(context.slots).flatMap(([role, refs]) =>
  refs.map(({ id, version }) => ({ assetId: id, version, role })),
);
const advert = await vitrine.upload('advert.mp4', {
  ...place,
  type: 'video',
  tags: ['advert'],
  derivedFrom: used,
  generation: { generator: 'ffmpeg', requestId: context.hash },
});
console.log(`${advert.name}: ${advert.width} × ${advert.height}, ${advert.duration} s`);

// 5. One day the logo may not be used any more. What has to be pulled?
const { items } = await vitrine.lineage.affected.query({ id: logo.id });
for (const { name, version } of items) console.log(`made with ${logo.name}: ${name}, version ${version}`);

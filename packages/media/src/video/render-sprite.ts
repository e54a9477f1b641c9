import { copyFile, readdir } from 'node:fs/promises';
import type { Rendered } from '@vitrine/core';
import { type FactsOf, type SpriteLayout, spriteLayout, spriteTimes } from '@vitrine/schema';
import { makePictures } from '../pictures/picture-maker.ts';
import { toRendered } from '../pictures/to-rendered.ts';
import { Refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { ToolOutcome } from '../sandbox/run-program.ts';
import type { ToolSession } from '../sandbox/tool-runner.ts';
import { hostileInput, quietly } from './ffmpeg-arguments.ts';
import { takeFrame } from './take-frame.ts';
import { toolFailure } from './tool-failure.ts';

/** Up to so many pixels a short video is decoded whole, about two seconds of work; of a longer one only keyframes are. */
const mostDecodedPixels = 400_000_000;
const assumedRate = 30;
const frameName = (index: number) => `frame-${String(index).padStart(2, '0')}.jpg`;

function refuse(outcome: ToolOutcome): never {
  throw new Refusal('unreadable_media', toolFailure(outcome, 'The preview strip'));
}

async function decodeWhole(
  session: ToolSession,
  facts: FactsOf<'video'>,
  layout: SpriteLayout,
): Promise<boolean> {
  const { cellWidth, cellHeight, count } = layout;
  const rate = `${count * 1000}/${facts.durationMs}`;
  const outcome = await session.run({
    command: 'ffmpeg',
    args: [
      ...quietly,
      ...hostileInput(session.input),
      ...[
        '-map',
        '0:v:0',
        '-vf',
        `fps=${rate}:round=near,scale=${cellWidth}:${cellHeight}:flags=fast_bilinear,setsar=1,format=yuvj420p`,
      ],
      ...[
        '-frames:v',
        String(count),
        '-start_number',
        '0',
        '-f',
        'image2',
        '-c:v',
        'mjpeg',
        '-q:v',
        '4',
        '-y',
      ],
      session.file('frame-%02d.jpg'),
    ],
  });
  return outcome.kind === 'exited';
}

async function seekFrames(
  session: ToolSession,
  facts: FactsOf<'video'>,
  layout: SpriteLayout,
): Promise<void> {
  const size = { width: layout.cellWidth, height: layout.cellHeight };
  for (const [index, atMs] of spriteTimes(facts, layout).entries()) {
    const frame = await takeFrame(session, { ...size, atMs, exact: false, name: frameName(index) });
    if (frame.state === 'failed' && frame.outcome.kind !== 'exited') refuse(frame.outcome);
  }
}

/** A frame that could not be had is the one before; before the first it is the first there is. */
async function fillGaps(session: ToolSession, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => frameName(index));
  const there = new Set(await readdir(session.folder));
  let last = names.find((name) => there.has(name));
  if (last === undefined) refuse({ kind: 'exited', code: 1, complaint: '' });
  for (const name of names) {
    if (there.has(name)) last = name;
    else await copyFile(session.file(last), session.file(name));
  }
}

/** `sprite`: frames from beginning to end on one sheet, laid out by `spriteLayout`. */
export async function* renderSprite(
  { session, sandbox }: { readonly session: ToolSession; readonly sandbox: Sandbox },
  facts: FactsOf<'video'>,
): AsyncGenerator<Rendered, void, undefined> {
  const layout = spriteLayout(facts);
  const pixels = facts.width * facts.height * (facts.durationMs / 1000) * assumedRate;
  const whole = pixels <= mostDecodedPixels && (await decodeWhole(session, facts, layout));
  if (!whole) await seekFrames(session, facts, layout);
  await fillGaps(session, layout.count);
  const sheet = session.file('sheet.jpg');
  const outcome = await session.run({
    command: 'ffmpeg',
    args: [
      ...quietly,
      ...['-protocol_whitelist', 'file', '-format_whitelist', 'image2', '-f', 'image2', '-framerate', '1'],
      ...['-i', session.file('frame-%02d.jpg'), '-vf', `tile=${layout.columns}x${layout.rows}`],
      ...['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '3', '-y', sheet],
    ],
  });
  if (outcome.kind !== 'exited' || outcome.code !== 0) refuse(outcome);
  const [picture] = await makePictures(sandbox, { path: sheet, sizes: ['large'] });
  if (picture) yield toRendered('sprite', picture);
}

import { copyFile, rm } from 'node:fs/promises';
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
const longestDecodingMs = 5000;
/** Of the session's time, for putting the frames together. */
const keptForSheetMs = 2000;
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
  // As `spriteTimes` has it: in the middle of each share.
  const halfShare = (facts.durationMs / count / 2000).toFixed(3);
  const outcome = await session.run({
    command: 'ffmpeg',
    args: [
      ...quietly,
      ...hostileInput(session.input),
      ...[
        '-map',
        '0:V:0',
        '-vf',
        `fps=${rate}:round=near:start_time=${halfShare},scale=${cellWidth}:${cellHeight}:flags=fast_bilinear,setsar=1,format=yuvj420p`,
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
    limits: { wallMs: longestDecodingMs },
  });
  return outcome.kind === 'exited' && (await session.made(frameName(0))) !== null;
}

/** So that those taken first are spread over the whole, should there be no time for all: halves, quarters, eighths … */
function spread(count: number): number[] {
  const order = new Set<number>([0]);
  for (let step = count; order.size < count; step = Math.max(1, step / 2)) {
    for (let at = 0; at < count; at += step) order.add(Math.floor(at));
  }
  return [...order];
}

async function seekFrames(
  session: ToolSession,
  facts: FactsOf<'video'>,
  layout: SpriteLayout,
): Promise<void> {
  const size = { width: layout.cellWidth, height: layout.cellHeight };
  const times = spriteTimes(facts, layout);
  for (const index of spread(layout.count)) {
    const wallMs = session.remainingMs() - keptForSheetMs;
    if (wallMs <= 0) return;
    const order = { ...size, atMs: times[index] ?? 0, exact: false, name: frameName(index), wallMs };
    const frame = await takeFrame(session, order);
    if (frame.state !== 'failed' || frame.outcome.kind === 'exited') continue;
    if (frame.outcome.kind === 'timeout') return;
    refuse(frame.outcome);
  }
}

/** A frame that could not be had is the one before; before the first it is the first there is. */
async function fillGaps(session: ToolSession, count: number): Promise<void> {
  const frames = await Promise.all(
    Array.from({ length: count }, (_, index) => session.made(frameName(index))),
  );
  let last = frames.find((frame) => frame !== null);
  if (!last) refuse({ kind: 'timeout' });
  for (const [index, frame] of frames.entries()) {
    if (frame !== null) last = frame;
    else {
      await rm(session.file(frameName(index)), { recursive: true, force: true });
      await copyFile(last, session.file(frameName(index)));
    }
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
  const outcome = await session.run({
    command: 'ffmpeg',
    args: [
      ...quietly,
      ...['-protocol_whitelist', 'file', '-format_whitelist', 'image2', '-f', 'image2', '-framerate', '1'],
      ...['-i', session.file('frame-%02d.jpg'), '-vf', `tile=${layout.columns}x${layout.rows}`],
      ...['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '3', '-y', session.file('sheet.jpg')],
    ],
  });
  const sheet = await session.made('sheet.jpg');
  if (outcome.kind !== 'exited' || outcome.code !== 0 || !sheet) refuse(outcome);
  const [picture] = await makePictures(sandbox, { path: sheet, sizes: ['large'] });
  if (picture) yield toRendered('sprite', picture);
}

import { readFile } from 'node:fs/promises';
import type { Rendered } from '@vitrine/core';
import type { FactsOf } from '@vitrine/schema';
import { makePictures } from '../pictures/picture-maker.ts';
import { toRendered } from '../pictures/to-rendered.ts';
import { Refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { ToolSession } from '../sandbox/tool-runner.ts';
import { fitWithin } from './fit-within.ts';
import { takeFrame } from './take-frame.ts';
import { toolFailure } from './tool-failure.ts';

const posterEdge = 1280;
const fileName = 'poster.jpg';

/** Where to look for a frame that shows something, in the order of trying. */
function places(durationMs: number): number[] {
  const inside = (ms: number) => ms < durationMs;
  return [0, ...[1000, durationMs * 0.1, durationMs * 0.25, durationMs * 0.5].filter(inside)].map(Math.floor);
}

async function takePoster(
  session: ToolSession,
  facts: FactsOf<'video'>,
  posterMs: number | null,
): Promise<void> {
  const order = { ...fitWithin(facts, posterEdge), name: fileName };
  if (posterMs !== null) {
    const chosen = await takeFrame(session, { ...order, atMs: posterMs, exact: true });
    if (chosen.state === 'taken') return;
    // At its very end a video has no frame left; then it is the last one before.
  }
  let last: number | null = null;
  for (const atMs of posterMs === null ? places(facts.durationMs) : [posterMs, 0]) {
    const frame = await takeFrame(session, { ...order, atMs, exact: false });
    if (frame.state === 'failed' && last === null && atMs === 0 && frame.outcome.kind !== 'exited') {
      throw new Refusal('unreadable_media', toolFailure(frame.outcome, 'A poster'));
    }
    if (frame.state !== 'taken') continue;
    if (frame.showsSomething || posterMs !== null) return;
    last = atMs;
  }
  // Nothing shows anything: then the first frame is what the video looks like.
  const first = await takeFrame(session, { ...order, atMs: 0, exact: true });
  if (first.state === 'taken') return;
  const outcome =
    first.state === 'failed' ? first.outcome : ({ kind: 'exited', code: 0, complaint: '' } as const);
  throw new Refusal('unreadable_media', toolFailure(outcome, 'A poster'));
}

/** `poster` and, cut from it, `thumb`. */
export async function* renderPoster(
  { session, sandbox }: { readonly session: ToolSession; readonly sandbox: Sandbox },
  { facts, posterMs }: { readonly facts: FactsOf<'video'>; readonly posterMs: number | null },
): AsyncGenerator<Rendered, void, undefined> {
  await takePoster(session, facts, posterMs);
  const path = session.file(fileName);
  const [thumb] = await makePictures(sandbox, { path, sizes: ['thumb'] });
  const bytes = await readFile(path);
  const size = fitWithin(facts, posterEdge);
  yield { state: 'image', preset: 'poster', mimeType: 'image/jpeg', bytes, ...size, thumbhash: null };
  if (thumb) yield toRendered('thumb', thumb);
}

import type { Rendered } from '@vitrine/core';
import type { FactsOf } from '@vitrine/schema';
import { makePictures } from '../pictures/picture-maker.ts';
import { toRendered } from '../pictures/to-rendered.ts';
import { Refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { ToolOutcome } from '../sandbox/run-program.ts';
import type { ToolSession } from '../sandbox/tool-runner.ts';
import { fitWithin } from './fit-within.ts';
import { takeFrame } from './take-frame.ts';
import { toolFailure } from './tool-failure.ts';

const posterEdge = 1280;
/** Far more than a JPEG of this size takes. */
const mostBytes = 8 * 1024 * 1024;

interface Place {
  readonly atMs: number;
  readonly exact: boolean;
}

/**
 * Where to look for a frame that shows something, in the order of trying. Keyframes cost least; where all of them are blank, a video
 * may fade in after its only one.
 */
function places(durationMs: number): Place[] {
  const at = (ms: number, exact: boolean) => ({ atMs: Math.floor(ms), exact });
  const inside = [1000, durationMs * 0.25, durationMs * 0.5].filter((ms) => ms < durationMs);
  return [
    ...[0, 0.1, 0.25, 0.5].map((share) => at(durationMs * share, false)),
    ...inside.map((ms) => at(ms, true)),
    at(0, true),
  ];
}

/** Around a time that somebody chose. Behind its last frame a video has none; then it is one just before. */
function chosenPlaces(posterMs: number, durationMs: number): Place[] {
  const atMs = Math.min(posterMs, durationMs);
  return [
    { atMs, exact: true },
    { atMs: Math.max(0, atMs - 250), exact: true },
    { atMs, exact: false },
    { atMs: 0, exact: true },
  ];
}

/** Takes the poster, and returns the name of its file. */
async function takePoster(
  session: ToolSession,
  { facts, posterMs }: PosterRequest,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const tried = posterMs === null ? places(facts.durationMs) : chosenPlaces(posterMs, facts.durationMs);
  let first: string | null = null;
  let last: ToolOutcome = { kind: 'exited', code: 0, complaint: '' };
  for (const [index, place] of tried.entries()) {
    const name = `poster-${index}.jpg`;
    const frame = await takeFrame(session, { ...fitWithin(facts, posterEdge), ...place, name });
    if (frame.state === 'failed') {
      last = frame.outcome;
      // What hangs or crashes the decoder once does it again.
      if (last.kind !== 'exited') break;
    }
    if (frame.state !== 'taken') continue;
    first ??= name;
    if (!frame.showsSomething && posterMs === null) continue;
    first = name;
    break;
  }
  // Where nothing shows anything, the first frame is what the video looks like.
  const bytes = first && (await session.read(first, mostBytes));
  if (!first || !bytes) throw new Refusal('unreadable_media', toolFailure(last, 'A poster'));
  return { name: first, bytes };
}

export interface PosterRequest {
  readonly facts: FactsOf<'video'>;
  /** Milliseconds; null: the first frame that shows something. */
  readonly posterMs: number | null;
}

/** `poster` and, cut from it, `thumb`. */
export async function* renderPoster(
  { session, sandbox }: { readonly session: ToolSession; readonly sandbox: Sandbox },
  request: PosterRequest,
): AsyncGenerator<Rendered, void, undefined> {
  const { name, bytes } = await takePoster(session, request);
  const [thumb] = await makePictures(sandbox, { path: session.file(name), sizes: ['thumb'] });
  const size = fitWithin(request.facts, posterEdge);
  yield { state: 'image', preset: 'poster', mimeType: 'image/jpeg', bytes, ...size, thumbhash: null };
  if (thumb) yield toRendered('thumb', thumb);
}

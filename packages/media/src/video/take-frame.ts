import type { ToolOutcome } from '../sandbox/run-program.ts';
import type { ToolSession } from '../sandbox/tool-runner.ts';
import { hostileInput, quietly } from './ffmpeg-arguments.ts';

export interface FrameOrder {
  /** Milliseconds from the start. */
  readonly atMs: number;
  /** Exactly there; otherwise at the keyframe before, which costs a thirtieth. */
  readonly exact: boolean;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The name of the JPEG in the session's folder. */
  readonly name: string;
  /** How long it may take at most, in milliseconds. */
  readonly wallMs?: number;
}

/** Enough to tell a picture from a black or empty frame. */
const sampleEdge = 32;
const darkest = 20;
const flattest = 5;

export type TakenFrame =
  | { readonly state: 'taken'; readonly showsSomething: boolean }
  /** There is none at this time. */
  | { readonly state: 'none' }
  | { readonly state: 'failed'; readonly outcome: ToolOutcome };

/** Whether a small grey copy of a frame is neither dark nor flat. */
function showsSomething(grey: Uint8Array): boolean {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const spread = Math.sqrt(grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length);
  return mean > darkest && spread > flattest;
}

/** Takes one frame as a JPEG, and looks whether it shows something. */
export async function takeFrame(session: ToolSession, order: FrameOrder): Promise<TakenFrame> {
  const { atMs, exact, width, height, name, wallMs } = order;
  const seek = ['-ss', (atMs / 1000).toFixed(3)];
  const graph =
    `[0:V:0]scale=${width}:${height}:flags=fast_bilinear,setsar=1,format=yuvj420p,split=2[frame][copy];` +
    `[copy]scale=${sampleEdge}:${sampleEdge}:flags=fast_bilinear,format=gray[grey]`;
  const outcome = await session.run({
    command: 'ffmpeg',
    args: [
      ...quietly,
      ...hostileInput(session.input, exact ? seek : [...seek, '-noaccurate_seek', '-skip_frame', 'nokey']),
      '-filter_complex_threads',
      '1',
      '-filter_complex',
      graph,
      ...[
        '-map',
        '[frame]',
        '-frames:v',
        '1',
        '-f',
        'image2',
        '-c:v',
        'mjpeg',
        '-q:v',
        '3',
        '-y',
        session.file(name),
      ],
      ...['-map', '[grey]', '-frames:v', '1', '-f', 'rawvideo', '-y', session.file('grey')],
    ],
    ...(wallMs !== undefined && { limits: { wallMs } }),
  });
  const grey = await session.read('grey', sampleEdge ** 2);
  if (outcome.kind === 'exited' && grey?.length === sampleEdge ** 2)
    return { state: 'taken', showsSomething: showsSomething(grey) };
  if (outcome.kind === 'exited' && outcome.code === 0) return { state: 'none' };
  return { state: 'failed', outcome };
}

import { runTool } from '@vitrine/testing';

/** What other programs say about a file. None of them shares code with the package. */

const numbers = (text: string) =>
  text
    .trim()
    .split(/[\s,]+/)
    .map(Number);

interface Probe {
  streams: {
    codec_type: string;
    width?: number;
    height?: number;
    sample_aspect_ratio?: string;
    side_data_list?: { rotation?: number }[];
  }[];
  format: { duration?: string };
}

async function probe(path: string): Promise<Probe> {
  return JSON.parse(
    await runTool('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path]),
  );
}

/** ffprobe: stored size, stretched by the sample aspect ratio, turned by the display matrix. */
export async function videoSize(path: string): Promise<{ width: number; height: number }> {
  const { streams } = await probe(path);
  const video = streams.find((stream) => stream.codec_type === 'video');
  const [horizontal = 1, vertical = 1] = (video?.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const width = Math.round(((video?.width ?? 0) * (horizontal || 1)) / (vertical || 1));
  const height = video?.height ?? 0;
  const turned = Math.abs(video?.side_data_list?.[0]?.rotation ?? 0) % 180 === 90;
  return turned ? { width: height, height: width } : { width, height };
}

/** ffprobe's duration of the file, or null where it knows none. */
export async function headerMs(path: string): Promise<number | null> {
  const { duration } = (await probe(path)).format;
  return duration === undefined ? null : Number(duration) * 1000;
}

/** The end of the last packet that ffprobe finds by reading the whole file. */
export async function packetsMs(path: string): Promise<number> {
  const output = await runTool('ffprobe', [
    ...['-v', 'error', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0'],
    path,
  ]);
  const ends = output
    .trim()
    .split('\n')
    .map((line) => numbers(line).filter(Number.isFinite))
    .map(([start = 0, length = 0]) => start + length);
  return Math.max(...ends) * 1000;
}

/** sox's duration, from the header or by reading through. */
export async function soxMs(path: string): Promise<number> {
  return Number(await runTool('sox', ['--info', '-D', path])) * 1000;
}

/** exiftool: stored size, exchanged for the orientations that turn by a quarter. */
export async function pictureSize(path: string): Promise<{ width: number; height: number }> {
  const output = await runTool('exiftool', [
    '-n',
    '-s3',
    '-ImageWidth',
    '-ImageHeight',
    '-Orientation',
    path,
  ]);
  const [width = 0, height = 0, orientation = 1] = numbers(output);
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** librsvg's size, by way of ffprobe. Its inch has 90 px, so only px and viewBoxes can be compared. */
export async function drawingSize(path: string): Promise<{ width: number; height: number }> {
  const { streams } = await probe(path);
  return { width: streams[0]?.width ?? 0, height: streams[0]?.height ?? 0 };
}

/** pdfinfo's page count; null when it needs a password. */
export async function pdfPages(path: string): Promise<number | null> {
  try {
    return Number(/^Pages:\s+(\d+)$/m.exec(await runTool('pdfinfo', [path]))?.[1]);
  } catch (error) {
    if (error instanceof Error && error.message.includes('Incorrect password')) return null;
    throw error;
  }
}

/** exiftool's reading of an old Word document's SummaryInformation. */
export async function docPages(path: string): Promise<number | null> {
  const output = await runTool('exiftool', ['-n', '-s3', '-1FlashPix:Pages', path]);
  return output.trim() === '' ? null : Number(output);
}

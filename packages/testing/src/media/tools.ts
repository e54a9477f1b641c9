import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const debianPackages = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  sox: 'sox libsox-fmt-all',
  pdfinfo: 'poppler-utils',
  exiftool: 'libimage-exiftool-perl',
  soffice: 'libreoffice-writer-nogui',
} as const;

/** The programs that make files and check facts in tests. */
export type MediaTool = keyof typeof debianPackages;

const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
let home: string | undefined;

async function execute(tool: MediaTool, args: readonly string[]): Promise<Buffer> {
  try {
    const limits = { maxBuffer: 64 * 1024 * 1024, timeout: 120_000 };
    // A home of its own: tests watch what comes to be in the user's.
    home ??= mkdtempSync(path.join(tmpdir(), 'vitrine-tools-'));
    return (await run(tool, args, { ...limits, env: { PATH: searchPath, HOME: home }, encoding: 'buffer' }))
      .stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`These tests need '${tool}'. On Debian: apt-get install ${debianPackages[tool]}`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** Runs a tool and answers its output. A missing one fails with the name of the Debian package that brings it. */
export async function runTool(tool: MediaTool, args: readonly string[]): Promise<string> {
  return (await execute(tool, args)).toString();
}

/** ffmpeg with output that does not change from run to run. The last argument is the file it writes. */
export async function runFfmpeg(args: readonly string[]): Promise<void> {
  const inputs = args.slice(0, -1);
  const output = args.slice(-1);
  await runTool('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y'],
    ...inputs,
    ...['-threads', '1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ...['-map_metadata', '-1'],
    ...output,
  ]);
}

/** ffmpeg writing to a pipe, where it cannot go back to fill in sizes and durations. `args` name the container. */
export async function pipeFfmpeg(args: readonly string[], path: string): Promise<void> {
  const output = ['-threads', '1', '-fflags', '+bitexact', '-map_metadata', '-1', 'pipe:1'];
  await writeFile(path, await execute('ffmpeg', ['-nostdin', '-v', 'error', ...args, ...output]));
}

import { spawn } from 'node:child_process';

/**
 * Runs ffmpeg.
 * @param args Everything behind the general options; the last one is the file to write.
 * @param input What it reads from `pipe:0`.
 * @throws When ffmpeg is missing (names the package that brings it) or fails (with what it said).
 */
export function ffmpeg(args: readonly string[], input?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') return reject(error);
      reject(
        new Error("ffmpeg is missing; the sample data is made with it. Install Debian's package 'ffmpeg'."),
      );
    });
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg failed (exit code ${code}): ${said.trim()}`));
    });
    // When it dies early the exit code tells why; the broken pipe does not.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Makes the same input give the same file. */
export const reproducible = [
  '-map_metadata',
  '-1',
  '-fflags',
  '+bitexact',
  '-flags:v',
  '+bitexact',
  '-flags:a',
  '+bitexact',
];

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** Why no system call of another process can be made to fail here, or null. */
export function whyNoInjection(): string | null {
  const tried = spawnSync('strace', ['-o', '/dev/null', '-e', 'inject=fsync:error=EIO', 'true'], {
    encoding: 'utf8',
  });
  if (tried.error) return 'strace is not installed';
  return tried.status === 0 ? null : (tried.stderr.trim().split('\n').at(-1) ?? 'strace failed');
}

export interface Synced {
  readonly path: string;
  readonly failed: boolean;
}

/**
 * The fsyncs of a process while something is done, of one file or of all; of each thread the one with this number (from 1) fails with
 * EIO, in the kernel's place.
 */
export async function withFailingFsync<T>(
  {
    pid,
    only,
    number,
    log,
  }: { readonly pid: number; readonly only: string | null; readonly number: number; readonly log: string },
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly syncs: readonly Synced[] }> {
  const tracer = spawn(
    'strace',
    [
      ...['-f', '-y', '-p', String(pid), '-o', log, '-e', 'trace=fsync,fdatasync'],
      ...['-e', `inject=fsync,fdatasync:error=EIO:when=${number}`],
      ...(only === null ? [] : ['-P', only]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(tracer, 'exit');
  await Promise.race([
    once(tracer.stderr, 'data'),
    ended.then(() => {
      throw new Error('strace could not attach.');
    }),
  ]);
  let result: T;
  try {
    result = await work();
  } finally {
    tracer.kill('SIGINT');
    await ended;
  }
  const lines = (await readFile(log, 'utf8')).split('\n');
  const syncs = lines.flatMap((line) => {
    const path = /f(?:data)?sync\(\d+<([^>]*)>/.exec(line)?.[1];
    return path === undefined ? [] : [{ path, failed: line.includes('(INJECTED)') }];
  });
  return { result, syncs };
}

import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const prefix = 'vitrine-tools-';
/** Longer than any program runs; process ids come again. */
const abandonedMs = 24 * 3600_000;

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Process ids come again, in containers at each start: the time of the start tells processes apart. */
const startedAt = Math.round(performance.timeOrigin);

/** Whether who made the folder is gone; its name says who that was. */
async function isAbandoned(folder: string): Promise<boolean> {
  const [processId = 0, started] = path.basename(folder).slice(prefix.length).split('-').map(Number);
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  if (processId === process.pid) return started !== startedAt;
  if (!isRunning(processId)) return true;
  const { mtimeMs } = await stat(folder);
  return Date.now() - mtimeMs > abandonedMs;
}

/**
 * A folder of this process's own for the private folders of its programs; those that a crash left behind are removed. Rejects with
 * the I/O error when there can be none.
 */
export async function openScratch(scratch: string): Promise<string> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  for (const name of await readdir(scratch)) {
    const folder = path.join(scratch, name);
    if (!name.startsWith(prefix) || !(await isAbandoned(folder).catch(() => false))) continue;
    // Another starting server may be at it as well; and what cannot be removed is not ours.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
  return mkdtemp(path.join(scratch, `${prefix}${process.pid}-${startedAt}-`));
}

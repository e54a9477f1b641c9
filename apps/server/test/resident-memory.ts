import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** How much memory a process holds, in bytes. Linux only: fails elsewhere, because /proc is not there. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no VmRSS.`);
  return Number(kilobytes) * 1024;
}

/** The most memory that a process held while the work ran, in bytes, sampled every 50 ms. */
export async function peakResidentBytes<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ readonly peak: number; readonly result: T }> {
  const done = new AbortController();
  const watch = async () => {
    let peak = 0;
    while (!done.signal.aborted) {
      peak = Math.max(peak, await residentBytes(pid));
      await delay(50);
    }
    return peak;
  };
  const watching = watch();
  try {
    const result = await work();
    done.abort();
    return { peak: await watching, result };
  } finally {
    done.abort();
    await watching.catch(() => undefined);
  }
}

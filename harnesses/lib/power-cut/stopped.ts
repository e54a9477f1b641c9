import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** The letter after the program's name in brackets. */
async function stateOf(pid: number, thread: string): Promise<string> {
  const stat = await readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8').catch(() => ') T');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
}

/** Does something while every thread of a process stands still; what it had begun with the kernel has come to its end before. */
export async function whileStopped<T>(pid: number, work: () => Promise<T>): Promise<T> {
  process.kill(pid, 'SIGSTOP');
  try {
    for (;;) {
      const threads = await readdir(`/proc/${pid}/task`);
      const states = await Promise.all(threads.map((thread) => stateOf(pid, thread)));
      if (states.every((state) => state === 'T')) break;
      await pause(1);
    }
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

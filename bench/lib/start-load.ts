import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../controls/load.ts', import.meta.url));

export interface Load extends AsyncDisposable {
  /** How many uploads were answered so far, by status. */
  uploads(): Readonly<Record<string, number>>;
}

/** Starts uploads and searches against a server; resolves when they have begun. */
export async function startLoad(target: { url: string; key: string; clientId: string }): Promise<Load> {
  const child = spawn(process.execPath, [program, target.url, target.clientId], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, VITRINE_KEY: target.key },
  });
  const lines = createInterface(child.stdout);
  const ended = once(child, 'exit');
  await once(lines, 'line');
  const counts: Record<string, number> = {};
  lines.on('line', (status) => {
    counts[status] = (counts[status] ?? 0) + 1;
  });
  return {
    uploads: () => ({ ...counts }),
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

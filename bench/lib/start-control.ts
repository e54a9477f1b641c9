import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../controls/control-server.ts', import.meta.url));

export interface Control extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** Starts the bare Node server, which writes into `<folder>/control`. */
export async function startControl(folder: string): Promise<Control> {
  const target = path.join(folder, 'control');
  await mkdir(target, { recursive: true });
  const child = spawn(process.execPath, [program, target], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { pid, stdout } = child;
  if (pid === undefined || !stdout) throw new Error('The control server could not be started.');
  const ended = once(child, 'exit');
  const [line] = await once(createInterface(stdout), 'line');
  const { url }: { url: string } = JSON.parse(String(line));
  return {
    url,
    pid,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

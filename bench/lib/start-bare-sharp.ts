import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../controls/bare-sharp.ts', import.meta.url));

export interface BareSharp extends AsyncDisposable {
  readonly pid: number;
  /** Makes a thumbnail and throws it away. */
  thumbnail(path: string): Promise<void>;
}

export function startBareSharp(): BareSharp {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.pid === undefined) throw new Error('The control could not be started.');
  const lines = createInterface(child.stdout);
  return {
    pid: child.pid,
    async thumbnail(path) {
      const answered = once(lines, 'line');
      child.stdin.write(`${path}\n`);
      await answered;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Reply, TaskRequest } from './protocol.ts';
import { readReply } from './read-reply.ts';

/** How a request ended: with a reply, or with the process. */
export type Outcome = Reply | { readonly kind: 'crashed' } | { readonly kind: 'timeout' };

/** A loaded machine may take long to start a process; that is not the file's fault. */
const startTimeoutMs = 60_000;

/** One sandbox process, which takes one request at a time. A process that ended, whyever, takes none. */
export class SandboxProcess {
  readonly #child: ChildProcess;
  #settle: ((outcome: Outcome) => void) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #ended = false;

  constructor(prefix: readonly string[]) {
    // Beside this file, in the language it runs in itself.
    const source = import.meta.url.endsWith('.ts');
    const entry = fileURLToPath(
      new URL(source ? './sandbox-entry.ts' : './sandbox-entry.js', import.meta.url),
    );
    const [command = process.execPath, ...rest] = [
      ...prefix,
      process.execPath,
      // It may read files and load sharp; it may not write, spawn or start threads of its own.
      '--permission',
      '--allow-fs-read=*',
      '--allow-addons',
      '--max-old-space-size=512',
      ...(source ? ['--conditions=@vitrine/source'] : []),
      entry,
    ];
    this.#child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: {} });
    this.#child.on('message', (message) => {
      const reply = readReply(message);
      if (reply) this.#end(reply);
      else this.#crash();
    });
    this.#child.on('exit', () => this.#crash());
    this.#child.on('error', () => this.#crash());
    this.#unref();
  }

  get ended(): boolean {
    return this.#ended;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Waits until the process takes requests. */
  start(): Promise<Outcome> {
    return this.#expect(startTimeoutMs);
  }

  /** Never rejects. After a timeout the process is gone. */
  run(request: TaskRequest, timeoutMs: number): Promise<Outcome> {
    const outcome = this.#expect(timeoutMs);
    if (!this.#ended) {
      this.#child.send(request, (error) => {
        if (error) this.#crash();
      });
    }
    return outcome;
  }

  stop(): void {
    this.#ended = true;
    this.#child.kill('SIGKILL');
    this.#end({ kind: 'crashed' });
  }

  #expect(timeoutMs: number): Promise<Outcome> {
    if (this.#ended) return Promise.resolve({ kind: 'crashed' });
    return new Promise((resolve) => {
      this.#settle = resolve;
      // The timer keeps the server's event loop alive while somebody waits; the idle process does not.
      this.#timer = setTimeout(() => {
        this.#end({ kind: 'timeout' });
        this.stop();
      }, timeoutMs);
    });
  }

  #end(outcome: Outcome): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#settle?.(outcome);
    this.#settle = null;
  }

  #crash(): void {
    if (!this.#ended) this.stop();
  }

  #unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}

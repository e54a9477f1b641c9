import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Order, type Reply, replySchema } from './victim-messages.ts';

/** A process that waits to be killed. */
export interface Victim {
  readonly pid: number;
  readonly exited: Promise<{ readonly signal: NodeJS.Signals | null; readonly code: number | null }>;
  /** Null once it is dead. */
  open(order: Extract<Order, { do: 'open' }>): Promise<Extract<Reply, { done: 'open' }> | null>;
  arm(order: Extract<Order, { do: 'arm' }>): void;
  /** Whether it came to an end before the process did. */
  collect(order: Extract<Order, { do: 'collect' }>): Promise<boolean>;
  /** Stops its servers, so that their folders are free and others can be opened. */
  close(): Promise<void>;
  isDead(): boolean;
  kill(): void;
}

/** Starts it; it loads its programs and then waits for `open`. Its errors go to `victim.log` in the folder. */
export function startVictim(folder: string, environment: Readonly<Record<string, string>> = {}): Victim {
  const log = openSync(path.join(folder, 'victim.log'), 'a');
  const child = spawn(
    process.execPath,
    ['--conditions=@vitrine/source', path.join(import.meta.dirname, 'victim.ts')],
    {
      stdio: ['pipe', 'pipe', log],
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'compiled'), ...environment },
    },
  );
  const { pid, stdin, stdout } = child;
  if (pid === undefined || !stdin || !stdout) {
    throw new Error(`${process.execPath} could not be started.`);
  }
  // It may be dead before an order has reached it.
  stdin.on('error', () => {});
  const waiting: { readonly is: (reply: Reply) => boolean; readonly resolve: (reply: Reply) => void }[] = [];
  createInterface(stdout).on('line', (line) => {
    // Log lines come the same way.
    const reply = replySchema.safeParse(JSON.parse(line)).data;
    if (!reply) return;
    const index = waiting.findIndex(({ is }) => is(reply));
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(reply);
  });
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));

  const send = (order: Order) => void stdin.write(`${JSON.stringify(order)}\n`);

  async function ask(order: Order, is: (reply: Reply) => boolean): Promise<Reply | null> {
    const answered = new Promise<Reply>((resolve) => waiting.push({ is, resolve }));
    send(order);
    return Promise.race([answered, exited.then(() => null)]);
  }

  return {
    pid,
    exited,
    async open(order) {
      const reply = await ask(order, ({ done }) => done === 'open');
      return reply?.done === 'open' ? reply : null;
    },
    arm: send,
    async collect(order) {
      const mine = (reply: Reply) => reply.done === 'collect' && reply.library === order.library;
      return (await ask(order, mine)) !== null;
    },
    async close() {
      await ask({ do: 'close' }, ({ done }) => done === 'close');
    },
    isDead: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => void child.kill('SIGKILL'),
  };
}

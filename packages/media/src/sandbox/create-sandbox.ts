import { AppError } from '@vitrine/core';
import { Refusal } from '../refusal.ts';
import { confiningPrefix } from './confinement.ts';
import type { Gate } from './gate.ts';
import type { TaskName, TaskRequest, TaskResult } from './protocol.ts';
import { resultReaders } from './read-reply.ts';
import { type Outcome, SandboxProcess } from './sandbox-process.ts';

export interface SandboxOptions {
  readonly timeoutMs: number;
  /** Lets so many requests through at once as there may be processes. */
  readonly gate: Gate;
  /** Told the id of each process that starts, for a log. */
  readonly onProcessStart?: ((processId: number) => void) | undefined;
}

/** Runs parsers of hostile files in processes that can be lost. */
export interface Sandbox {
  /**
   * Fails with a Refusal when the file is at fault (also by time or by killing the process twice), and with AppError
   * `unavailable` when no process can be had.
   */
  run<T extends TaskName>(request: TaskRequest<T>): Promise<TaskResult<T>>;
  /** Ends all processes; what they were doing fails. */
  close(): Promise<void>;
}

/** A drawing is a program of a kind: what it asks for may take for ever. */
const drawingMs = 3000;

export function createSandbox({ timeoutMs, gate, onProcessStart }: SandboxOptions): Sandbox {
  let closed = false;
  let prefix: Promise<readonly string[]> | null = null;
  const idle: SandboxProcess[] = [];
  const running = new Set<SandboxProcess>();

  async function acquire(): Promise<SandboxProcess> {
    for (;;) {
      if (closed)
        throw new AppError('unavailable', 'The server is shutting down. Send the file again later.');
      const process = idle.pop();
      if (!process) break;
      if (!process.ended) return process;
    }
    prefix ??= confiningPrefix();
    const process = new SandboxProcess(await prefix);
    running.add(process);
    if (process.pid !== undefined) onProcessStart?.(process.pid);
    const outcome = await process.start();
    if (outcome.kind === 'ready') return process;
    running.delete(process);
    process.stop();
    throw new AppError('unavailable', 'The process that reads files cannot be started. Try again later.', {
      cause: outcome,
    });
  }

  function release(process: SandboxProcess | null): void {
    if (process) running.delete(process);
    if (process && !process.ended) {
      if (closed) process.stop();
      else idle.push(process);
    }
  }

  async function attempt(request: TaskRequest): Promise<Outcome> {
    let process: SandboxProcess | null = null;
    try {
      process = await acquire();
      running.add(process);
      const outcome = await process.run(request, limitMs(request.task));
      // A parser that met what nobody foresaw may be anybody's by now: the next file gets another process.
      if (outcome.kind === 'failed') process.stop();
      return outcome;
    } finally {
      release(process);
    }
  }

  const limitMs = (task: TaskName) => (task === 'drawing' ? Math.min(drawingMs, timeoutMs) : timeoutMs);

  return {
    async run<T extends TaskName>(request: TaskRequest<T>): Promise<TaskResult<T>> {
      let outcome = await gate.pass({}, () => attempt(request));
      // An innocent file may have been in a process that was killed for memory; a guilty one kills the second as well.
      if (outcome.kind === 'crashed' && !closed) outcome = await gate.pass({}, () => attempt(request));
      return resultOf(request.task, outcome, limitMs(request.task));
    },
    async close() {
      closed = true;
      for (const process of [...idle.splice(0), ...running]) process.stop();
    },
  };
}

function resultOf<T extends TaskName>(task: T, outcome: Outcome, timeoutMs: number): TaskResult<T> {
  switch (outcome.kind) {
    case 'done': {
      const result = resultReaders[task](outcome.result);
      if (result !== null) return result;
      throw new Refusal('unreadable_media', 'Reading the file gave no usable facts. Export it again.');
    }
    case 'refused':
      throw new Refusal(outcome.code, outcome.detail);
    case 'failed':
      throw new Refusal('unreadable_media', 'The file is damaged. Export it again.', {
        cause: outcome.reason,
      });
    case 'timeout':
      throw new Refusal(
        'unreadable_media',
        `Reading the file took longer than ${timeoutMs / 1000} s. It may be damaged; export it again or make it simpler.`,
      );
    case 'crashed':
    case 'ready':
      throw new Refusal(
        'unreadable_media',
        'The file cannot be read: it needs too much memory or is damaged. Export it again.',
      );
    default:
      return outcome satisfies never;
  }
}

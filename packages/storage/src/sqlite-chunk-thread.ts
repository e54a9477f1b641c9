import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SqliteChunkFile } from './sqlite-chunk-database.ts';
import type { ChunkMessage, ChunkReply, ChunkRequest } from './sqlite-chunk-request.ts';

interface Waiting {
  resolve(changed: boolean): void;
  reject(error: Error): void;
}

/** The writer thread as one sees it from outside. */
export interface SqliteChunkThread {
  /** Answers whether rows changed; rejects with the writer's error and its `code`, or when the thread ends. */
  run(request: ChunkRequest): Promise<boolean>;
  close(): Promise<void>;
}

// The same file beside this one, as source or built.
const writer = new URL(`./sqlite-chunk-writer${extname(import.meta.url)}`, import.meta.url);

/** Starts at the first request; keeps the process alive only while a request is under way. */
export function createSqliteChunkThread(file: SqliteChunkFile): SqliteChunkThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;
  let closed = false;

  function start(): Worker {
    const started = new Worker(writer, { workerData: file });
    let failure = new Error('The thread that writes blobs into the database has ended.');
    started.on('message', settle);
    started.on('error', (error) => {
      if (error instanceof Error) failure = error;
    });
    started.on('exit', () => {
      // The next request starts another one.
      if (worker === started) worker = null;
      for (const { reject } of waiting.values()) reject(failure);
      waiting.clear();
    });
    started.unref();
    return started;
  }

  function settle(reply: ChunkReply): void {
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker?.unref();
    if ('error' in reply) {
      const { message, code } = reply.error;
      one?.reject(Object.assign(new Error(message), { code }));
    } else {
      one?.resolve(reply.changed);
    }
  }

  function send(request: ChunkRequest): Promise<boolean> {
    worker ??= start();
    const target = worker;
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      target.ref();
      target.postMessage({ id, request } satisfies ChunkMessage);
    });
  }

  return {
    async run(request) {
      if (closed) throw new Error('The database blob store is closed.');
      return send(request);
    },
    async close() {
      if (closed) return;
      closed = true;
      if (!worker) return;
      const ending = worker;
      // Requests are answered in order, so everything that was acknowledged or is under way comes before this.
      await send({ kind: 'close' });
      await ending.terminate();
    },
  };
}

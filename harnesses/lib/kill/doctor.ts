import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const resultSchema = z.object({ code: z.number(), output: z.string() });

/** The command line, kept warm. */
export interface Doctor extends AsyncDisposable {
  /** What `doctor --full` finds wrong in a data folder that no server uses: rows, counters, the audit chain, every stored byte. */
  examine(folder: string, store: 'disk' | 'database'): Promise<string[]>;
}

export function startDoctor(): Doctor {
  const child = spawn(
    process.execPath,
    ['--conditions=@vitrine/source', path.join(import.meta.dirname, 'doctor-process.ts')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  let queue: Promise<unknown> = Promise.resolve();

  async function run(folder: string, store: string, command: readonly string[]): Promise<string[]> {
    const settings = {
      VITRINE_DATA_DIR: folder,
      VITRINE_BLOBS: store,
      VITRINE_BLOB_INLINE_MAX: '0',
      // As the server has them: the disk may be small.
      VITRINE_MIN_FREE_BYTES: '0',
      VITRINE_RESERVE_BYTES: '0',
    };
    child.stdin.write(`${JSON.stringify({ settings, arguments: [...command, '--json'] })}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('The process that runs the doctor has ended.');
    const { code, output } = resultSchema.parse(JSON.parse(value));
    return code === 0 ? [] : [`vitrine ${command.join(' ')} ends with ${code}: ${output.slice(0, 2000)}`];
  }

  return {
    examine(folder, store) {
      const examined = queue.then(() => run(folder, store, ['doctor', '--full']));
      queue = examined.catch(() => {});
      return examined;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}

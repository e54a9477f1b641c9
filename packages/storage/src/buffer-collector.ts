import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Measured: every 4 to 16 MB costs the same and keeps the process small. */
const defaultEveryBytes = 8 * 1024 * 1024;

/** A collection of V8's young objects alone, some 0.8 ms; nothing where V8 does not offer it. */
function youngCollection(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  return typeof gc === 'function' ? () => gc({ type: 'minor' }) : () => {};
}

export interface BufferCollectorOptions {
  readonly everyBytes?: number;
  readonly collect?: () => void;
}

/**
 * Frees the buffers of a transfer while it runs; the function it returns is told of every buffer. They lie outside V8's heap,
 * which hardly grows by them: left alone, V8 lets 64 MB pile up and then collects everything, again and again. Measured on a
 * large upload: 50 MB less memory and a third less processor time.
 */
export function createBufferCollector(options: BufferCollectorOptions = {}): (bytes: number) => void {
  const { everyBytes = defaultEveryBytes, collect = youngCollection() } = options;
  let received = 0;
  return (bytes) => {
    received += bytes;
    if (received < everyBytes) return;
    received = 0;
    collect();
  };
}

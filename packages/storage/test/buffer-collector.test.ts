import { expect, test, vi } from 'vitest';
import { createBufferCollector } from '../src/buffer-collector.ts';

test('collects once for every so many bytes, whatever the size of the chunks', () => {
  const collect = vi.fn();
  const received = createBufferCollector({ everyBytes: 100, collect });
  for (const bytes of [60, 30]) received(bytes);
  expect(collect).toHaveBeenCalledTimes(0);
  received(10);
  expect(collect).toHaveBeenCalledTimes(1);
  received(99);
  expect(collect).toHaveBeenCalledTimes(1);
  received(500);
  expect(collect).toHaveBeenCalledTimes(2);
});

test('frees the buffers of a transfer that nobody holds any more', () => {
  const received = createBufferCollector();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let turn = 0; turn < 768; turn += 1) {
    received(Buffer.allocUnsafeSlow(65_536).byteLength);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  // Of 48 MB that were received.
  expect(most).toBeLessThan(16 * 1024 * 1024);
});

// Loaded into the measured server by `--import`: on SIGIO (the server ends itself on SIGUSR2) it writes how long the event loop was held at most since the last
// time, in milliseconds, into the file that EVENT_LOOP_FILE names.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env['EVENT_LOOP_FILE'];
if (file) {
  const resolution = 1;
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  process.on('SIGIO', () => {
    const over = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
    const held = { max: over(histogram.max), p99: over(histogram.percentile(99)) };
    histogram.reset();
    // In one step, so that whoever waits for the file reads all of it.
    writeFileSync(`${file}.part`, JSON.stringify(held));
    renameSync(`${file}.part`, file);
  });
}

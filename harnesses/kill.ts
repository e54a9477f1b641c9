// The server killed by SIGKILL, again and again: `pnpm harness:kill --store disk --points 10000 --seed 1`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runKills } from './lib/kill/run-kills.ts';

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'takes a whole number')
  .transform(Number);
const optionsSchema = z.object({
  store: z.enum(['disk', 'database']).default('disk'),
  points: whole.default(10_000),
  seed: whole.default(20_261_123),
});
const text = { type: 'string' } as const;
const { store, points, seed } = optionsSchema.parse(
  parseArgs({ options: { store: text, points: text, seed: text } }).values,
);
const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-kills-'));
const started = performance.now();
let told = 0;
const report = await runKills({
  ...{ store, points, seed, folder },
  onProgress(done) {
    if (done < told + 100) return;
    told = done;
    process.stderr.write(`${done} of ${points}\n`);
  },
});
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(`${JSON.stringify({ store, seed, seconds, ...report }, null, 2)}\n`);
if (report.violations.length === 0) await rm(folder, { recursive: true });
else {
  process.stderr.write(`What is left of the libraries, and the journal: ${folder}\n`);
  process.exitCode = 1;
}

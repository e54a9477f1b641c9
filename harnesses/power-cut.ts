// The power fails while the server writes: `pnpm harness:power-cut --store disk --cuts 1000 --seed 1`, as root; `--without-sync` is the control.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runPowerCuts } from './lib/power-cut/run-power-cuts.ts';
import { whyNoLoopDevices } from './lib/power-cut/why-no-loop-devices.ts';

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'takes a whole number')
  .transform(Number);
const optionsSchema = z.object({
  store: z.enum(['disk', 'database']).default('disk'),
  cuts: whole.default(1000),
  seed: whole.default(20_261_123),
  'without-sync': z.boolean().default(false),
});
const text = { type: 'string' } as const;
const options = { store: text, cuts: text, seed: text, 'without-sync': { type: 'boolean' } } as const;
const { 'without-sync': withoutSync, ...rest } = optionsSchema.parse(parseArgs({ options }).values);
const reason = await whyNoLoopDevices();
if (reason !== null) throw new Error(`The power-cut harness ${reason}.`);

const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-power-cuts-'));
const started = performance.now();
const report = await runPowerCuts({
  ...{ ...rest, withoutSync, folder },
  onProgress: (done) => done % 50 === 0 && process.stderr.write(`${done} of ${rest.cuts}\n`),
});
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(`${JSON.stringify({ ...rest, withoutSync, seconds, ...report }, null, 2)}\n`);
// The control is only right when it loses something.
const asItShouldBe = withoutSync ? report.lossy > 0 : report.violations.length === 0;
if (asItShouldBe) await rm(folder, { recursive: true });
else process.exitCode = 1;

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, type TestContext } from 'vitest';
import { runPowerCuts } from './lib/power-cut/run-power-cuts.ts';
import { whyNoLoopDevices } from './lib/power-cut/why-no-loop-devices.ts';

const reason = await whyNoLoopDevices();
if (reason !== null) process.stderr.write(`The power-cut harness is left out: it ${reason}.\n`);

async function cuts(
  context: TestContext,
  options: Pick<Parameters<typeof runPowerCuts>[0], 'store' | 'cuts'>,
) {
  context.skip(reason !== null, reason ?? '');
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-power-cuts-'));
  const report = await runPowerCuts({ ...options, seed: 20_261_123, folder });
  expect(report.violations).toEqual([]);
  expect(report.cuts).toBe(options.cuts);
  // It was no empty run: there was something to lose.
  expect(report.acknowledged).toBeGreaterThan(report.cuts * 2);
  // Kept when something is wrong: the journal tells what.
  await rm(folder, { recursive: true });
}

it('twenty power cuts lose nothing that was acknowledged on the disk store', async (context) => {
  await cuts(context, { store: 'disk', cuts: 20 });
}, 600_000);

it('twenty power cuts lose nothing that was acknowledged on the database store', async (context) => {
  await cuts(context, { store: 'database', cuts: 20 });
}, 600_000);

it('power cuts of a server whose fsync does nothing lose what was acknowledged', async ({ skip }) => {
  skip(reason !== null, reason ?? '');
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-power-cuts-'));
  const { lossy } = await runPowerCuts({ store: 'disk', cuts: 2, seed: 1, withoutSync: true, folder });
  expect(lossy).toBeGreaterThan(0);
  await rm(folder, { recursive: true });
}, 300_000);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runKills } from './lib/kill/run-kills.ts';

it.each(['disk', 'database'] as const)(
  'a hundred and fifty kills on the %s store lose nothing that was acknowledged, and leave nothing half done',
  async (store) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-kills-'));
    const report = await runKills({ store, points: 150, seed: 20_261_123, folder });
    expect(report.violations).toEqual([]);
    expect(report.points).toBeGreaterThanOrEqual(150);
    // It was no empty run: there was something to lose, requests were cut off, and named points were met.
    expect(report.acknowledged).toBeGreaterThan(report.kills * 5);
    expect(report.interrupted).toBeGreaterThan(report.kills);
    expect(Object.keys(report.named).length).toBeGreaterThan(2);
    // Kept when something is wrong: the libraries and the journal tell what.
    await rm(folder, { recursive: true });
  },
  600_000,
);

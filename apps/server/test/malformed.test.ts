import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { createMediaTools } from '@vitrine/media';
import { namesIn, openCallTrap, runMalformed } from '@vitrine/testing';
import { expect, it } from 'vitest';

it('two thousand damaged and hostile files harm nobody: no exit, no file elsewhere, no call, no neighbour read, none over ten seconds', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-malformed-'));
  const hidden = path.join(folder, 'data');
  const scratch = path.join(folder, 'scratch');
  await mkdir(hidden);
  await mkdir(scratch);
  const siblingPath = path.join(hidden, 'neighbour.txt');
  await writeFile(siblingPath, 'WORDS-THAT-MUST-NEVER-COME-OUT '.repeat(40));
  const watched = [process.cwd(), homedir(), hidden, '/'];
  const before = await namesIn(watched);
  await using trap = await openCallTrap();
  const { inspector, renderer } = createMediaTools({ scratch, hidden: [hidden] });
  try {
    const report = await runMalformed({
      inspector,
      renderer,
      folder,
      bait: { siblingPath, port: trap.port },
      seed: 20_261_123,
      count: 2000,
      concurrency: 2,
    });
    expect(report.violations).toEqual([]);
    // It was no empty run: files were refused, files were rendered, and some failed with a reason.
    expect(report.refused).toBeGreaterThan(200);
    expect(report.rendered).toBeGreaterThan(200);
    expect(report.failed).toBeGreaterThan(50);
    expect(trap.calls()).toBe(0);
    const came = [...(await namesIn(watched))].filter((name) => !before.has(name));
    expect(came).toEqual([]);
  } finally {
    await renderer.close();
    expect(await namesIn([scratch])).toEqual(new Set());
    await rm(folder, { recursive: true, force: true });
  }
}, 600_000);

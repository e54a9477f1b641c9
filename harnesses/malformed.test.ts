import { expect, it } from 'vitest';
import { runMalformedCorpus } from './lib/malformed-corpus.ts';

it('two thousand damaged and hostile files harm nobody: no exit, no file elsewhere, no call, no neighbour read, none over ten seconds', async () => {
  const report = await runMalformedCorpus({ seed: 20_261_123, count: 2000 });
  expect(report.violations).toEqual([]);
  expect(report.calls).toBe(0);
  expect(report.strangers).toEqual([]);
  expect(report.left).toEqual([]);
  // It was no empty run: files were refused, files were rendered, and some failed with a reason.
  expect(report.refused).toBeGreaterThan(200);
  expect(report.rendered).toBeGreaterThan(200);
  expect(report.failed).toBeGreaterThan(50);
}, 600_000);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vitestCounts } from './vitest-counts.mjs';

describe('the counts of a test run', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'vitest-counts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function report(content: object): string {
    const file = path.join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(content));
    return file;
  }

  it('are those of the report', () => {
    expect(vitestCounts(report({ numPassedTests: 7, numFailedTests: 2 }), 1)).toEqual({
      passed: 7,
      failed: 2,
    });
  });

  it('tell of one failure when the run failed without a failed test', () => {
    expect(vitestCounts(report({ numPassedTests: 7, numFailedTests: 0 }), 1)).toEqual({
      passed: 7,
      failed: 1,
    });
    expect(vitestCounts(path.join(folder, 'never-written.json'), 1)).toEqual({ passed: 0, failed: 1 });
  });
});

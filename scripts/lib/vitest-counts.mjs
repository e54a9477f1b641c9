import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

/**
 * Reads how many tests passed and failed from the report of Vitest's JSON reporter. A run that failed without a failed test (a
 * file that could not be loaded, an error outside any test) counts as one failure.
 * @param {string} file
 * @param {number} exitCode How the run ended.
 * @returns {Counts}
 */
export function vitestCounts(file, exitCode) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const passed = Number(report.numPassedTests ?? 0);
  const failed = Number(report.numFailedTests ?? 0);
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}

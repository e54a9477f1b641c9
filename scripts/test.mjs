// `npm test`: sets everything up and runs every check. The last line tells how many tests passed and failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { ensureTools } from './lib/ensure-tools.mjs';
import { main } from './lib/main.mjs';
import { run } from './lib/run.mjs';
import { StopError } from './lib/stop-error.mjs';
import { vitestCounts } from './lib/vitest-counts.mjs';

const reports = mkdtempSync(path.join(tmpdir(), 'vitrine-test-'));
const total = { passed: 0, failed: 0 };

/**
 * @param {string} script A script of package.json.
 */
async function check(script) {
  const { code } = await run('pnpm', ['run', script], { shell: true });
  if (code === 0) return;
  total.failed += 1;
  throw new StopError(`"${script}" failed.`, code);
}

/** @param {string} project A project of vitest.config.ts. */
async function tests(project) {
  const report = path.join(reports, `${project}.json`);
  const { code } = await run(
    'vitest',
    ['run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    { shell: true },
  );
  const counts = vitestCounts(report, code);
  total.passed += counts.passed;
  total.failed += counts.failed;
  if (code !== 0) throw new StopError(`The ${project} tests failed.`, code);
  if (counts.passed === 0) throw new StopError(`There are no ${project} tests; something is wrong.`);
}

// Hundreds of processes load the same modules.
process.env['NODE_COMPILE_CACHE'] ??= path.join(reports, 'compiled');

const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;

/** @type {readonly (readonly [string, () => Promise<unknown>])[]} */
const steps = [
  ['install', ensureInstalled],
  [
    'tools',
    () => ensureTools(['ffmpeg', 'sox', 'pdfinfo', 'exiftool', 'chromium', 'postgresql', 'soffice', 'curl']),
  ],
  // Elsewhere the test that needs them says so and is left out.
  [
    'tools of the harnesses of power cuts and failing fsyncs',
    async () => isRootOnLinux && ensureTools(['mkfs.ext4', 'mount', 'eatmydata', 'strace']),
  ],
  ['build', build],
  ['typecheck', () => check('typecheck')],
  ['lint', () => check('lint')],
  ['unit, property and HTTP tests', () => tests('unit')],
  ['type tests', () => tests('types')],
  ['end-to-end tests', () => tests('e2e')],
];

await main(async () => {
  try {
    for (const [name, step] of steps) {
      const started = performance.now();
      process.stdout.write(`\n── ${name}\n`);
      await step();
      process.stdout.write(`── ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof StopError)) throw error;
    total.failed = Math.max(1, total.failed);
    process.stdout.write(`\n${error.message}\n`);
    return error.exitCode;
  } finally {
    rmSync(reports, { recursive: true, force: true });
    process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  }
});

// Damaged and hostile files by the thousand: `pnpm harness:malformed --count 20000 --seed 1`; one of them again: `--only 1234`.
import { runMalformedCorpus } from './lib/malformed-corpus.ts';
import { wholeNumberOptions } from './lib/whole-number-options.ts';

const { count = 20_000, seed = 20_261_123, only } = wholeNumberOptions(['count', 'seed', 'only']);
const started = performance.now();
const report = await runMalformedCorpus({ count, seed, ...(only !== undefined && { only }) });
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(`${JSON.stringify({ seed, count, seconds, ...report }, null, 2)}\n`);
const { violations, calls, strangers, left } = report;
process.exitCode = violations.length + calls + strangers.length + left.length === 0 ? 0 : 1;

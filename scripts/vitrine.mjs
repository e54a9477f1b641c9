// `npm run --silent vitrine -- <command>`: the command line. Only the command itself writes to stdout.
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { main } from './lib/main.mjs';
import { runVitrine } from './lib/run-vitrine.mjs';

await main(async () => {
  await ensureInstalled();
  await build();
  return runVitrine(process.argv.slice(2));
});

// `npm start`: sets everything up and starts Vitrine.
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/ensure-installed.mjs';
import { ensureTools } from './lib/ensure-tools.mjs';
import { main } from './lib/main.mjs';
import { runVitrine } from './lib/run-vitrine.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureTools(['ffmpeg']);
  await build();
  return runVitrine(['serve', ...process.argv.slice(2)]);
});

import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';

/** What a group or everybody may do with a folder. */
const othersMay = 0o077;

/**
 * Says so when other users of the machine may look into the data folder: it holds originals, hashes of passwords and the secret that
 * signs sessions. It is made for its owner alone, but may have been there before. Its mode is left as it is: a group may be meant.
 */
export async function warnOfOpenFolder(dataDir: string, logger: Logger): Promise<void> {
  // Windows has no such modes and says 0666 of everything.
  if (process.platform === 'win32') return;
  const mode = (await stat(dataDir)).mode & 0o777;
  if ((mode & othersMay) === 0) return;
  logger.warn(
    { dataDir, mode: mode.toString(8).padStart(4, '0') },
    `other users of this machine may open the data folder; unless that is meant: chmod 700 ${dataDir}`,
  );
}

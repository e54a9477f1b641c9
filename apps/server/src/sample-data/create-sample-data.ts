import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { halden } from './clients/halden.ts';
import { nordlys } from './clients/nordlys.ts';
import { oriel } from './clients/oriel.ts';
import { ffmpeg } from './make/ffmpeg.ts';
import { fileOf, makeAll } from './make/make-all.ts';
import type { SampleLibrary } from './sample-library.ts';

/** Goes up whenever a file would be made differently; older ones are made anew. */
const edition = '1';
const clients = [halden, nordlys, oriel];

async function openDirectory(directory: string): Promise<void> {
  const stamp = path.join(directory, 'edition');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === edition) return;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(stamp, edition);
}

/**
 * Makes the sample agency's files in a folder of their own; what an earlier call made stays. Every file is drawn, played or
 * written here, from the same numbers each time.
 * @param log Told how far it is.
 * @throws When ffmpeg is missing.
 */
export async function createSampleData({
  directory,
  log,
}: {
  directory: string;
  log: (text: string) => void;
}): Promise<SampleLibrary> {
  const jobs = clients.flatMap((client) => client.assets.map((asset) => ({ client, asset })));
  await openDirectory(directory);
  if (jobs.some(({ client, asset }) => !existsSync(fileOf(directory, client, asset.file)))) {
    // Asked first, so that a missing ffmpeg is told at once and not after half a minute.
    await ffmpeg(['-f', 'lavfi', '-i', 'anullsrc', '-t', '0.01', '-f', 'null', '-']);
    await makeAll(directory, jobs, {
      atOnce: Math.max(2, availableParallelism()),
      onMade: (made, of) => {
        if (made % 10 === 0 || made === of) log(`Making sample data: ${made} of ${of} files`);
      },
    });
  }
  return {
    clients: clients.map((client) => ({
      input: client.input,
      campaigns: client.campaigns,
      assets: client.assets.map(({ file, campaign, tags }) => ({
        path: fileOf(directory, client, file),
        name: file,
        campaign,
        tags,
      })),
    })),
  };
}

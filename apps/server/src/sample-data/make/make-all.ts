import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { AssetRecipe, ClientRecipe } from './recipe.ts';

export interface Job {
  readonly client: ClientRecipe;
  readonly asset: AssetRecipe;
}

export const fileOf = (directory: string, { folder }: ClientRecipe, file: string) =>
  path.join(directory, folder, file);

async function makeOne(directory: string, { client, asset }: Job): Promise<void> {
  const target = fileOf(directory, client, asset.file);
  await mkdir(path.dirname(target), { recursive: true });
  // Under another name until it is whole: what has its name is never half a file. The ending stays, it tells the format.
  const unfinished = path.join(path.dirname(target), `unfinished ${asset.file}`);
  await asset.make.run(unfinished, (file) => fileOf(directory, client, file));
  await rename(unfinished, target);
}

/**
 * Makes the files that are not there yet, several at a time; those that are made from others come after them.
 * @param onMade Called after each file with how many are made and how many there are to make.
 */
export async function makeAll(
  directory: string,
  jobs: readonly Job[],
  { atOnce, onMade }: { atOnce: number; onMade: (made: number, of: number) => void },
): Promise<void> {
  const missing = jobs.filter(({ client, asset }) => !existsSync(fileOf(directory, client, asset.file)));
  let made = 0;
  for (const dependent of [false, true]) {
    const queue = missing.filter(({ asset }) => Boolean(asset.make.needs) === dependent);
    const work = async () => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        await makeOne(directory, job);
        made += 1;
        onMade(made, missing.length);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }
}

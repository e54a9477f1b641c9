import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { KillScenario } from './kill-scenario.ts';
import { type KnownLibrary, knownLibrary } from './known-library.ts';
import { startVictim } from './victim-process.ts';

/** Makes new libraries by copying one: migrating and hashing a password each time would take most of a run. */
export interface LibraryTemplate {
  begin(): Promise<KnownLibrary>;
}

export async function libraryTemplate(
  folder: string,
  store: 'disk' | 'database',
  scenario: KillScenario,
): Promise<LibraryTemplate> {
  const template = path.join(folder, 'template');
  await mkdir(template);
  const victim = startVictim(folder);
  const opened = await victim.open({ do: 'open', folders: [template], store, ahead: 0 });
  const address = opened?.libraries[0];
  if (!address) throw new Error('The server did not start; see victim.log.');
  const clientId = await scenario.prepare(address);
  victim.kill();
  await victim.exited;
  let made = 0;
  return {
    async begin() {
      const place = path.join(folder, `library-${made}`);
      made += 1;
      await cp(template, place, { recursive: true });
      return knownLibrary(place, clientId);
    },
  };
}

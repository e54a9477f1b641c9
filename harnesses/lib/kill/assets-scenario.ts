import { clientSchema } from '@vitrine/schema';
import { act } from './act.ts';
import { checkLibrary } from './check-library.ts';
import type { KillScenario } from './kill-scenario.ts';
import { askLibrary } from './library-address.ts';

/** Uploads whole and in pieces, new versions, the trash and back, deleting for good, collecting. */
export const assetsScenario: KillScenario = {
  name: 'assets',
  async prepare(address) {
    const answer = await askLibrary(address, '/api/clients', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Northwind' }),
    });
    return clientSchema.parse(await answer.json()).id;
  },
  act,
  check: checkLibrary,
};

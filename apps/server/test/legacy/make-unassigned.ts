import { unassignedClientId } from '@vitrine/schema';
import type { TestServer } from '../start-server.ts';

/** The client of what came without one, as an import makes it. */
export async function makeUnassigned({ composition, owner }: TestServer): Promise<void> {
  const user = await composition.database.read((readers) => readers.users.findByEmail(owner.email));
  if (!user) throw new Error('There is no owner.');
  await composition.database.transaction(async (writers) => {
    const fields = { name: 'Unassigned', description: '', brandGuidelines: null, at: 1 };
    await writers.clients.insert({ ...fields, id: unassignedClientId, userId: user.id });
  });
}

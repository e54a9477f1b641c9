import { type UserId, unassignedClientId } from '@vitrine/schema';
import { recordSystemChange } from '../audit/record-change.ts';
import type { Writers } from '../ports/database.ts';

const name = 'Unassigned';
const description =
  'Assets and campaigns of the old system that belonged to no client. Move each to the client that it is of.';

/** Makes the client that keeps what came without one, unless it is there. */
export async function ensureUnassignedClient(writers: Writers, userId: UserId, at: number): Promise<void> {
  if (await writers.clients.find(unassignedClientId)) return;
  const fields = { id: unassignedClientId, userId, name, description, brandGuidelines: null, at };
  const client = await writers.clients.insert(fields);
  await recordSystemChange(writers, at, {
    action: 'client.create',
    target: { type: 'client', id: client.id },
    clientId: client.id,
    after: client,
  });
}

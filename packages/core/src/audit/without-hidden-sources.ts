import { type AuditEntry, assetIdSchema, clientIdSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import type { Readers } from '../ports/database.ts';

type Values = AuditEntry['before'];

/** As `lineage.set` writes them down. */
const valuesSchema = z.looseObject({
  derivedFrom: z.array(z.looseObject({ assetId: assetIdSchema })),
});

/**
 * An event as it may be told to somebody who sees the asset, and maybe not all that it was made of: sources that they do not see are left
 * out. What cannot be told apart is not told.
 */
export async function withoutHiddenSources(
  readers: Readers,
  actor: Actor,
  entry: AuditEntry,
): Promise<AuditEntry> {
  if (entry.action !== 'lineage.set') return entry;
  const clientId = clientIdSchema.safeParse(entry.clientId);
  const visibility = await visibilityIn(readers, actor, clientId.data);
  // Also sources that were deleted since, which nobody else sees.
  if (visibility.kind === 'all') return entry;

  async function told(values: Values): Promise<Values> {
    const known = valuesSchema.safeParse(values);
    if (!known.success) return null;
    const ids = [...new Set(known.data.derivedFrom.map(({ assetId }) => assetId))];
    const seen = new Set(await readers.access.visible({ ids, visibility }));
    return { ...known.data, derivedFrom: known.data.derivedFrom.filter(({ assetId }) => seen.has(assetId)) };
  }
  return { ...entry, before: await told(entry.before), after: await told(entry.after) };
}

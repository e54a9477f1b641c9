import type { AssetId, ClientId } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { assertCredential, visibleTo } from '../access/policy.ts';
import type { TileRecord } from '../assets/asset-record.ts';
import type { Readers } from '../ports/database.ts';
import type { RecordedChange } from './change-repository.ts';

export interface SeenChange extends RecordedChange {
  /** The asset as the watcher sees it now; null when it is gone, and for progress. */
  readonly tile: TileRecord | null;
}

export interface ReadChanges {
  readonly changes: readonly SeenChange[];
  /** All that may be seen up to here is told with these. */
  readonly reached: number;
  /** Behind that there is more already. */
  readonly more: boolean;
  /** The place to go on from is not kept any more, or never was: nobody knows what was missed. */
  readonly lost: boolean;
}

const batchSize = 100;

/** The asset whose tile is told with a change. */
function assetOf({ change }: RecordedChange): AssetId | null {
  return change.kind === 'job.progress' ? null : change.assetId;
}

/**
 * The next hundred changes behind a place, as somebody may see them at this moment. Several changes of an asset share one
 * look at it. Fails with `forbidden`, and with `not_found` for a client that they may not see.
 */
export async function readChanges(
  readers: Readers,
  from: { readonly actor: Actor; readonly seq: number; readonly clientId: ClientId | undefined },
): Promise<ReadChanges> {
  const { actor, seq, clientId } = from;
  assertCredential(actor, 'change.watch');
  if (clientId) await authorizedClient(readers, { actor, action: 'change.watch', id: clientId });
  const { newest, oldest } = await readers.changes.bounds();
  if (seq > newest || seq < oldest - 1) return { changes: [], reached: newest, more: false, lost: true };
  if (seq === newest) return { changes: [], reached: seq, more: false, lost: false };

  const visibility = visibleTo(actor);
  const rows = await readers.changes.after({
    seq,
    visibility,
    limit: batchSize,
    ...(clientId && { clientId }),
  });
  const ids = [...new Set(rows.flatMap((row) => assetOf(row) ?? []))];
  const tiles = ids.length > 0 ? await readers.assets.findTiles({ ids, visibility }) : [];
  const changes = rows.map((row) => ({
    ...row,
    tile: tiles.find(({ id }) => id === assetOf(row)) ?? null,
  }));
  const last = rows.at(-1)?.seq ?? seq;
  const full = rows.length === batchSize;
  // What is not full has everything that there was when the newest place was read, and perhaps more.
  return { changes, reached: full ? last : Math.max(newest, last), more: full, lost: false };
}

import type { AssetId, ClientId } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { assertCredential, type Visibility } from '../access/policy.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import type { TileRecord } from '../assets/asset-record.ts';
import type { Readers } from '../ports/database.ts';
import type { RecordedChange } from './change-repository.ts';
import { shareAnswers } from './share-answers.ts';

export interface SeenChange extends RecordedChange {
  /** The asset as the watcher sees it now; null when it is gone, and for progress. */
  readonly tile: TileRecord | null;
}

interface ReadChanges {
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

interface From {
  /** Behind this place. */
  readonly seq: number;
  readonly clientId: ClientId | undefined;
}

/** The next hundred changes behind a place. Several changes of an asset share one look at it. */
async function readBatch(
  readers: Readers,
  { seq, clientId, visibility }: From & { readonly visibility: Visibility },
): Promise<ReadChanges> {
  const { newest, oldest } = await readers.changes.bounds();
  if (seq > newest || seq < oldest - 1) return { changes: [], reached: newest, more: false, lost: true };
  if (seq === newest) return { changes: [], reached: seq, more: false, lost: false };

  const rows = await readers.changes.after({
    seq,
    visibility,
    limit: batchSize,
    ...(clientId && { clientId }),
  });
  const ids = [...new Set(rows.map(({ change }) => change.assetId))];
  const tiles = ids.length > 0 ? await readers.assets.findTiles({ ids, visibility }) : [];
  const visible = new Set(await readers.access.visible({ ids, visibility }));
  const seen = rows.filter(
    ({ change }) =>
      // What is in the trash is still known; of what is gone for good only those hear who see everything.
      visibility.kind === 'all' || visible.has(change.assetId),
  );
  const changes = seen.map((row) => ({
    ...row,
    tile: tiles.find(({ id }) => id === assetOf(row)) ?? null,
  }));
  const last = rows.at(-1)?.seq ?? seq;
  const full = rows.length === batchSize;
  // What is not full has everything that there was when the newest place was read, and perhaps more.
  return { changes, reached: full ? last : Math.max(newest, last), more: full, lost: false };
}

/**
 * Reads changes as somebody may see them at this moment. Fails with `forbidden`, and with `not_found` for a client that they
 * may not see.
 */
type ChangesFor = (readers: Readers, actor: Actor, from: From) => Promise<ReadChanges>;

/** Everybody is checked for themselves; those who may see the same and are at the same place then share one read. */
export function createChangesFor(): ChangesFor {
  const share = shareAnswers<ReadChanges>();
  return async (readers, actor, from) => {
    const { seq, clientId } = from;
    assertCredential(actor, 'change.watch');
    if (clientId) await authorizedClient(readers, { actor, action: 'change.watch', id: clientId });
    const visibility = await visibilityIn(readers, actor, clientId);
    return share(JSON.stringify([visibility, clientId, seq]), () =>
      readBatch(readers, { ...from, visibility }),
    );
  };
}

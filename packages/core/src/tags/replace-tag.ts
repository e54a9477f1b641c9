import { setImmediate as otherWork } from 'node:timers/promises';
import type { AssetId, ClientId, TagId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { authorizedTag } from '../access/authorized.ts';
import { type AssetRecord, auditedAsset } from '../assets/asset-record.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { tryAgain } from '../try-again.ts';

interface Replacement {
  readonly caller: Caller;
  readonly id: TagId;
  /** Of the same client. Null: nothing. */
  readonly by: TagId | null;
}

/** Up to so many assets are edited together with the tag's end; of more, in several transactions. */
const stepSize = 500;
/** So many edits take some ten milliseconds. */
const editsAtATime = 10;

interface Part {
  readonly clientId: ClientId;
  readonly assetIds: readonly AssetId[];
  /** Milliseconds. */
  readonly at: number;
}

/** Takes the tag from some of its assets; an edit of each. */
async function edit(
  writers: Writers,
  { caller, id, by }: Replacement,
  { clientId, assetIds, at }: Part,
): Promise<void> {
  const done: { readonly before: AssetRecord; readonly after: AssetRecord | undefined }[] = [];
  for (let from = 0; from < assetIds.length; from += editsAtATime) {
    const some = assetIds.slice(from, from + editsAtATime);
    // Those in the trash are not among the records; nobody sees them, and nobody hears of them.
    const before = await writers.search.records(some);
    await writers.tags.replace({ id, by, clientId, assetIds: some, at });
    const after = new Map((await writers.search.records(some)).map((record) => [record.id, record]));
    done.push(...before.map((record) => ({ before: record, after: after.get(record.id) })));
    await otherWork();
  }
  for (const { before, after } of done) {
    await recordChange(writers, caller, at, {
      action: 'asset.update',
      target: { type: 'asset', id: before.id, campaignId: before.campaignId },
      clientId: before.clientId,
      before: auditedAsset(before),
      after: after ? auditedAsset(after) : null,
    });
  }
}

/**
 * Takes a tag from all assets that carry it, gives them the other one instead, and removes it. Answers how many carried it. One transaction,
 * unless they are very many: then the tag goes with the last of them, and if the process dies in between, the same again does the rest.
 */
export async function replaceTag(
  { database, clock }: Pick<ServiceDependencies, 'database' | 'clock'>,
  replacement: Replacement,
): Promise<number> {
  const { caller, id, by } = replacement;
  const at = clock.now();
  let changed = 0;
  for (let isLast = false; !isLast; await otherWork()) {
    const step = await tryAgain(() =>
      database.transaction(async (writers) => {
        const before = await authorizedTag(writers, { actor: caller.actor, action: 'tag.write', id });
        await writers.tags.lock(by ? [id, by] : [id]);
        const carriers = await writers.tags.carriers({ id, after: null, limit: stepSize + 1 });
        const assetIds = carriers.slice(0, stepSize).map(({ assetId }) => assetId);
        await edit(writers, replacement, { clientId: before.clientId, assetIds, at });
        if (carriers.length > stepSize) return { count: assetIds.length, isLast: false };
        await writers.tags.delete(id);
        await recordChange(writers, caller, at, {
          action: by ? 'tag.merge' : 'tag.delete',
          target: { type: 'tag', id },
          clientId: before.clientId,
          before,
          after: { ...(by && { into: by }), changed: changed + assetIds.length },
        });
        return { count: assetIds.length, isLast: true };
      }),
    );
    changed += step.count;
    isLast = step.isLast;
  }
  return changed;
}

import { setImmediate as otherWork } from 'node:timers/promises';
import type { AssetId, Collection } from '@vitrine/schema';
import type { Writers } from '../ports/database.ts';
import { positionsIn, positionsOf } from './positions-in.ts';

/** So many rows take some milliseconds. */
const rowsAtATime = 500;

interface Placing {
  readonly collection: Pick<Collection, 'id' | 'clientId'>;
  /** In the order that they get; the list may hold them already. */
  readonly ids: readonly AssetId[];
  /** Held by the list and none of the ids; null: they go to the end. */
  readonly before: AssetId | null;
}

/** Puts assets into a list that is locked, next to one another, in the transaction of the writers. */
export async function placeAssets(
  { collections }: Writers,
  { collection, ids, before }: Placing,
): Promise<void> {
  const { id, clientId } = collection;
  const gap = await collections.gap({ id, before, without: ids });
  const positions = positionsIn(gap, ids.length);
  if (positions) await put(ids, positions);
  else await renumber();

  /** The gap is used up, so everything is put anew, with gaps everywhere. */
  async function renumber(): Promise<void> {
    const placed = new Set(ids);
    const others = (await collections.order(id)).filter((one) => !placed.has(one));
    const to = before ? others.indexOf(before) : others.length;
    const all = others.toSpliced(to, 0, ...ids);
    await put(all, positionsOf(all.length));
  }

  async function put(order: readonly AssetId[], at: readonly number[]): Promise<void> {
    const places = order.map((assetId, index) => ({ assetId, position: at[index] ?? 0 }));
    for (let from = 0; from < places.length; from += rowsAtATime) {
      await collections.put({ id, clientId, at: places.slice(from, from + rowsAtATime) });
      await otherWork();
    }
  }
}

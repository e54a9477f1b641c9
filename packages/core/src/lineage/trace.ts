import type { LineageItem, VersionRef } from '@vitrine/schema';
import type { LineageStep } from './lineage-repository.ts';

const keyOf = ({ assetId, version }: VersionRef) => `${assetId} ${version}`;

/** Each version that the steps lead to, nearest first, with a shortest way to it. Steps come in the order of their depth. */
export function trace(steps: readonly LineageStep[]): LineageItem[] {
  const paths = new Map<string, LineageItem['path']>();
  const items: LineageItem[] = [];
  for (const { from, to, role, depth, name, type, current, trashed } of steps) {
    const path = paths.get(keyOf(to));
    // Later steps to it are longer ways, or others of the same length.
    if (path) continue;
    // Of an asset's versions that a walk begins with, one may be made of another.
    const before = (depth > 1 && paths.get(keyOf(from))) || [{ ...from, role: null }];
    const whole = [...before, { ...to, role }];
    paths.set(keyOf(to), whole);
    items.push({ ...to, name, type, current, trashed, depth, path: whole });
  }
  return items;
}

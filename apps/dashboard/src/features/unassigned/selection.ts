import type { AssetId } from '@vitrine/schema';

/** Which assets are chosen. */
export interface Selection {
  readonly chosen: ReadonlySet<AssetId>;
  /** Where a range starts: the last one that was clicked without Shift. */
  readonly anchor: AssetId | null;
  /** What was chosen before the range that the anchor starts; a range that shrinks gives back what it took. */
  readonly beside: ReadonlySet<AssetId>;
}

/** `order` is that of the results, as they are shown. */
export type SelectionAction =
  | { readonly type: 'toggle'; readonly id: AssetId }
  | { readonly type: 'extend'; readonly to: AssetId; readonly order: readonly AssetId[] }
  | { readonly type: 'all'; readonly order: readonly AssetId[] }
  | { readonly type: 'none' };

export const emptySelection: Selection = { chosen: new Set(), anchor: null, beside: new Set() };

/** Everything between two of the results, both included, whichever comes first; null when one of them is not shown. */
function between(order: readonly AssetId[], one: AssetId | null, other: AssetId): readonly AssetId[] | null {
  const from = one === null ? -1 : order.indexOf(one);
  const to = order.indexOf(other);
  if (from < 0 || to < 0) return null;
  return order.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** What a click, a key or a button makes of a selection. */
export function select(selection: Selection, action: SelectionAction): Selection {
  switch (action.type) {
    case 'toggle': {
      const { id } = action;
      const chosen = new Set(selection.chosen);
      if (!chosen.delete(id)) chosen.add(id);
      return { chosen, anchor: id, beside: chosen };
    }
    case 'extend': {
      const { to, order } = action;
      const range = between(order, selection.anchor, to);
      if (range) return { ...selection, chosen: new Set([...selection.beside, ...range]) };
      const chosen = new Set([...selection.chosen, to]);
      return { chosen, anchor: to, beside: chosen };
    }
    case 'all': {
      const chosen = new Set(action.order);
      return { chosen, anchor: selection.anchor, beside: chosen };
    }
    case 'none':
      return emptySelection;
    default:
      return action satisfies never;
  }
}

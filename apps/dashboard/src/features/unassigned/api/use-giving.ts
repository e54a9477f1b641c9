import type { AssetTile } from '@vitrine/schema';
import { useCallback, useMemo, useReducer, useState } from 'react';
import type { GridSelection } from '../../assets/grid/grid-selection.ts';
import { emptySelection, select } from '../selection.ts';

interface Results {
  /** Those that have come so far. */
  readonly tiles: readonly AssetTile[];
  readonly hasMore: boolean;
  /** Fetches the rest, and answers everything. */
  readonly loadAll: () => Promise<readonly AssetTile[]>;
}

/** Choosing among the results. What is not among them any more (filtered, given away) is not chosen either. */
export function useGiving({ tiles, hasMore, loadAll }: Results) {
  const [isOn, setOn] = useState(false);
  const [isLoadingAll, setLoadingAll] = useState(false);
  const [selection, dispatch] = useReducer(select, emptySelection);
  const order = useMemo(() => tiles.map(({ id }) => id), [tiles]);
  const chosen = useMemo(() => order.filter((id) => selection.chosen.has(id)), [order, selection]);

  const onChoose: GridSelection['onChoose'] = useCallback(
    ({ id }, isRange) => dispatch(isRange ? { type: 'extend', to: id, order } : { type: 'toggle', id }),
    [order],
  );
  const onChooseAll = useCallback(() => dispatch({ type: 'all', order }), [order]);
  const chooseEverything = async () => {
    setLoadingAll(true);
    const all = await loadAll();
    setLoadingAll(false);
    dispatch({ type: 'all', order: all.map(({ id }) => id) });
  };
  const start = useCallback(() => setOn(true), []);
  const end = useCallback(() => {
    dispatch({ type: 'none' });
    setOn(false);
  }, []);

  const grid = useMemo<GridSelection>(
    () => ({ chosen: new Set(chosen), onChoose, onChooseAll }),
    [chosen, onChoose, onChooseAll],
  );
  return { isOn, chosen, grid, start, end, shown: tiles.length, hasMore, isLoadingAll, chooseEverything };
}

export type Giving = ReturnType<typeof useGiving>;

import type { AssetId, AssetTile } from '@vitrine/schema';

/** Lets people choose tiles of a grid instead of opening them. */
export interface GridSelection {
  readonly chosen: ReadonlySet<AssetId>;
  /** Chooses a tile or gives it up; with `isRange`, everything from the last one to it. */
  readonly onChoose: (tile: AssetTile, isRange: boolean) => void;
  readonly onChooseAll: () => void;
}

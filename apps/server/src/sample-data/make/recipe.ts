import type { SampleAsset, SampleCampaign, SampleClient } from '../sample-library.ts';

/** How one file is made. */
export interface Make {
  /** Files of the same client that it is made from. */
  readonly needs?: readonly string[];
  /** Writes the file to `target`, in the format that the name's ending says; `pathOf` tells where another file is. */
  run(target: string, pathOf: (file: string) => string): Promise<void>;
}

export interface AssetRecipe extends Omit<SampleAsset, 'path' | 'name'> {
  /** The file's name, which is the asset's. */
  readonly file: string;
  readonly make: Make;
}

export interface ClientRecipe extends Omit<SampleClient, 'assets' | 'campaigns'> {
  /** The folder of the files. */
  readonly folder: string;
  readonly campaigns: readonly SampleCampaign[];
  readonly assets: readonly AssetRecipe[];
}

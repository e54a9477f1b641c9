import type { AssetFacts } from '@vitrine/schema';

/** How one real file is made. Recipes write to a path of the caller's and nowhere else. */
export interface MediaRecipe {
  /** What is special about the file, in kebab-case; unique within its format. */
  readonly variant: string;
  /** What the file holds. Durations are nominal: encoders round them up to whole packets. */
  readonly facts: AssetFacts;
  /** Writes the file. `scratch` is an empty folder for what it needs on the way. */
  make(path: string, scratch: string): Promise<void>;
}

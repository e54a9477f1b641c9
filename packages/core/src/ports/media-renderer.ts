import type { AssetFacts, Preset, RenditionStage } from '@vitrine/schema';

/** A stored file of which something is to be made. */
export interface RenderSource {
  /** A local file, never written to. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** As they were read from the bytes when the file came in. */
  readonly facts: AssetFacts;
}

export interface RenderOptions {
  /** `first` is what a person sees first (`presetsOf` says which presets those are), `rest` everything else. */
  readonly stage: RenditionStage;
  /** Where in a video the poster is taken, in milliseconds; null: the first frame that shows something. */
  readonly posterMs: number | null;
  /** Somebody is waiting: ahead of everything that only fills the library. */
  readonly urgent: boolean;
  readonly signal?: AbortSignal;
}

/** What became of one preset. */
export type Rendered =
  | {
      readonly state: 'image';
      readonly preset: Preset;
      readonly mimeType: 'image/webp' | 'image/jpeg' | 'image/png';
      readonly bytes: Uint8Array;
      /** Pixels. */
      readonly width: number;
      readonly height: number;
      /** Base64; given with `thumb`, null with everything else. */
      readonly thumbhash: string | null;
    }
  /** audiowaveform's binary format, version 2. */
  | { readonly state: 'peaks'; readonly preset: 'waveform'; readonly bytes: Uint8Array }
  /** The file's own fault, so another try would end the same. The reason is a sentence for its owner. */
  | { readonly state: 'failed'; readonly preset: Preset; readonly reason: string };

/**
 * Makes pictures and peaks of files that may be hostile; every parser runs in the sandbox.
 *
 * `render` yields one outcome for each preset of the stage, as soon as it is made, so that the caller can keep it before the
 * next is begun. The caller's file is at most read. It throws only for what is not the file's fault: AppError `unavailable`
 * (no process can be had, the server is stopping), the signal's reason, an I/O error; trying again later makes sense then.
 * Time and memory are bounded whatever the file holds.
 */
export interface MediaRenderer {
  render(source: RenderSource, options: RenderOptions): AsyncGenerator<Rendered, void, undefined>;
  /** Ends every tool; what they were doing fails with `unavailable`. */
  close(): Promise<void>;
}

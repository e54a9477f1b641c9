import type { AssetType } from '@vitrine/schema';

interface KindName {
  readonly one: string;
  readonly many: string;
  /** The filter that shows this kind alone. */
  readonly filter: string;
}

/** What each kind is called. */
export const kindNames = {
  image: { one: 'image', many: 'images', filter: 'Images' },
  video: { one: 'video', many: 'videos', filter: 'Videos' },
  audio: { one: 'audio file', many: 'audio files', filter: 'Audio' },
  document: { one: 'document', many: 'documents', filter: 'Documents' },
} as const satisfies Record<AssetType, KindName>;

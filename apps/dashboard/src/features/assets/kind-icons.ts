import type { AssetType } from '@vitrine/schema';
import { AudioLines, FileText, Film, Image, type LucideIcon } from 'lucide-react';

export const kindIcons = {
  image: Image,
  video: Film,
  audio: AudioLines,
  document: FileText,
} as const satisfies Record<AssetType, LucideIcon>;

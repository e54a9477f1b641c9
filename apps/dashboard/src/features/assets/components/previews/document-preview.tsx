import type { DocumentAsset } from '@vitrine/schema';
import { CoverPreview } from './cover-preview.tsx';
import { PdfPreview } from './pdf-preview.tsx';
import { TextPreview } from './text-preview.tsx';

/** A document: the pages of a PDF, text as text, of the rest the first page. */
export function DocumentPreview({ asset }: { asset: DocumentAsset }) {
  switch (asset.format) {
    case 'pdf':
      return <PdfPreview asset={asset} />;
    case 'txt':
      return <TextPreview asset={asset} />;
    case 'doc':
    case 'docx':
      return <CoverPreview asset={asset} />;
    default:
      return asset.format satisfies never;
  }
}

import type { DocumentAsset } from '@vitrine/schema';
import { FileCard } from './file-card.tsx';
import { PdfPreview } from './pdf-preview.tsx';
import { TextPreview } from './text-preview.tsx';

/** A document: PDF in the browser's own reader, text as text, the rest as a card with the download. */
export function DocumentPreview({ asset }: { asset: DocumentAsset }) {
  switch (asset.format) {
    case 'pdf':
      return <PdfPreview asset={asset} />;
    case 'txt':
      return <TextPreview asset={asset} />;
    case 'doc':
    case 'docx':
      return <FileCard asset={asset} reason="Word documents open in your own program." />;
    default:
      return asset.format satisfies never;
  }
}

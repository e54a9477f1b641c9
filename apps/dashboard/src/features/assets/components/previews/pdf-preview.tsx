import type { DocumentAsset } from '@vitrine/schema';
import { ownPath } from '../../../../lib/own-path.ts';
import { FileCard } from './file-card.tsx';

/** A PDF in the reader that the browser brings; phones mostly bring none. */
export function PdfPreview({ asset }: { asset: DocumentAsset }) {
  if (!navigator.pdfViewerEnabled) {
    return <FileCard asset={asset} reason="This browser has no PDF reader. Download the file to read it." />;
  }
  return (
    <iframe
      src={`${ownPath(asset.url)}#view=FitH&navpanes=0`}
      title={asset.name}
      className="min-h-[70dvh] w-full flex-1 border-0 bg-stage lg:min-h-0"
    />
  );
}

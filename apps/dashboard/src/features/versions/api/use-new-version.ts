import type { Asset } from '@vitrine/schema';
import { acceptedFiles } from '../../uploads/accepted-files.ts';
import { useUploads } from '../../uploads/uploads-context.ts';

/** Lets the person choose a file whose bytes become the asset's next version; the upload goes on in the tray. */
export function useNewVersion(asset: Asset): () => void {
  const { add } = useUploads();
  return () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = acceptedFiles;
    input.addEventListener('change', () => {
      const target = { clientId: asset.clientId, campaignId: null, assetId: asset.id, name: asset.name };
      add(
        [...(input.files ?? [])].map((file) => ({ file, path: null })),
        target,
      );
    });
    input.click();
  };
}

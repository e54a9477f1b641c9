import type { UploadFile, UploadTarget } from '../upload-queue.ts';

interface Sent extends UploadFile {
  readonly target: UploadTarget;
}

/** The fields beside the bytes, by whichever way these go. */
export function uploadFields({ path, target }: Sent): Readonly<Record<string, string>> {
  return {
    clientId: target.clientId,
    ...(target.campaignId && { campaignId: target.campaignId }),
    ...(target.assetId && { assetId: target.assetId }),
    ...(target.keepBoth && { duplicates: 'keep' }),
    ...(path && { path }),
    tags: '[]',
  };
}

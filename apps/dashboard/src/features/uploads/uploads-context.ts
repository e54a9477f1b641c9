import { createContext, use } from 'react';
import type { OpenPlace } from './api/use-upload-target.ts';
import type { UploadFile, UploadTarget } from './upload-queue.ts';
import type { UploadStore } from './upload-store.ts';

interface Uploads {
  readonly store: UploadStore;
  /** Where a drop would go now, or null on pages that belong to no client. */
  readonly target: OpenPlace | null;
  /** Sends files to a place. */
  readonly add: (files: readonly UploadFile[], target: UploadTarget) => void;
  /** Opens the browser's file dialog. */
  readonly chooseFiles: () => void;
}

export const UploadsContext = createContext<Uploads | null>(null);

export function useUploads(): Uploads {
  const uploads = use(UploadsContext);
  if (!uploads) throw new Error('useUploads works only inside the shell, which provides the uploads.');
  return uploads;
}

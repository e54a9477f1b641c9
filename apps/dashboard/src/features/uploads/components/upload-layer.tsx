import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import { toast } from 'sonner';
import { useHotkey } from '../../../lib/use-hotkey.ts';
import { useSelf } from '../../session/api/use-self.ts';
import { acceptedFiles } from '../accepted-files.ts';
import { useUploadStore } from '../api/use-upload-store.ts';
import { useUploadTarget } from '../api/use-upload-target.ts';
import type { UploadFile, UploadTarget } from '../upload-queue.ts';
import { UploadsContext } from '../uploads-context.ts';
import { DropOverlay } from './drop-overlay.tsx';
import { UploadTray } from './upload-tray.tsx';
import { useDropAnywhere } from './use-drop-anywhere.ts';

/** Everything about uploading that outlives a page: the file dialog, the drop target, the tray. */
export function UploadLayer({ children }: { children: ReactNode }) {
  const store = useUploadStore();
  const target = useUploadTarget();
  const { maxUploadBytes } = useSelf();
  const input = useRef<HTMLInputElement>(null);
  const chooseFiles = useCallback(() => input.current?.click(), []);
  const add = useCallback(
    (chosen: readonly UploadFile[], place: UploadTarget) =>
      store.add({ files: chosen, target: place, maxBytes: maxUploadBytes }),
    [store, maxUploadBytes],
  );
  const upload = (files: readonly UploadFile[]) => {
    if (files.length === 0) return;
    if (target?.mayUpload) add(files, target);
    else if (target) toast.error(`You may look at ${target.name}, not upload to it. Ask a manager.`);
    else toast.error('Open a client first: every asset belongs to one.');
  };
  const isOver = useDropAnywhere(upload);
  useHotkey('u', () => target?.mayUpload && chooseFiles());
  const uploads = useMemo(() => ({ store, target, add, chooseFiles }), [store, target, add, chooseFiles]);

  return (
    <UploadsContext value={uploads}>
      {children}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Choose files"
        accept={acceptedFiles}
        onChange={({ target: field }) => {
          upload([...(field.files ?? [])].map((file) => ({ file, path: null })));
          // Choosing the same file again has to count as a change.
          field.value = '';
        }}
      />
      <UploadTray store={store} />
      {isOver && <DropOverlay target={target} />}
    </UploadsContext>
  );
}

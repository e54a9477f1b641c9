import { useEffect, useEffectEvent, useState } from 'react';
import { droppedFiles } from '../dropped-files.ts';
import type { UploadFile } from '../upload-queue.ts';

function hasFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer?.types.includes('Files') ?? false;
}

/** Takes files dropped or pasted anywhere on the page. True while files hover over it. */
export function useDropAnywhere(onFiles: (files: readonly UploadFile[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const give = useEffectEvent(onFiles);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    let depth = 0;
    // A picture of the page that is dragged claims to be a file, too.
    let isOwn = false;
    const leave = () => {
      depth = 0;
      setOver(false);
    };
    document.addEventListener(
      'dragstart',
      () => {
        isOwn = true;
      },
      { signal },
    );
    document.addEventListener(
      'dragend',
      () => {
        isOwn = false;
      },
      { signal },
    );
    document.addEventListener(
      'dragenter',
      ({ dataTransfer }) => {
        if (isOwn || !hasFiles(dataTransfer)) return;
        depth += 1;
        setOver(true);
      },
      { signal },
    );
    document.addEventListener(
      'dragleave',
      ({ dataTransfer }) => {
        if (isOwn || !hasFiles(dataTransfer)) return;
        depth -= 1;
        if (depth <= 0) leave();
      },
      { signal },
    );
    document.addEventListener(
      'dragover',
      (event) => {
        if (!isOwn && hasFiles(event.dataTransfer)) event.preventDefault();
      },
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        if (isOwn || !hasFiles(event.dataTransfer)) return;
        event.preventDefault();
        leave();
        void droppedFiles(event.dataTransfer).then(give);
      },
      { signal },
    );
    document.addEventListener(
      'paste',
      ({ clipboardData }) => {
        const files = [...(clipboardData?.files ?? [])].map((file) => ({ file, path: null }));
        if (files.length > 0) give(files);
      },
      { signal },
    );
    return () => listening.abort();
  }, []);
  return isOver;
}

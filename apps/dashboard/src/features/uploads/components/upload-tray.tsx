import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { countOf } from '../../../lib/count-of.ts';
import type { UploadStore } from '../upload-store.ts';
import { summarise, type UploadSummary } from '../upload-summary.ts';
import { UploadRow } from './upload-row.tsx';

function headline({ open, done, refused }: UploadSummary): string {
  if (open > 0) return `Uploading ${countOf(open, 'file')}`;
  const parts = [
    ...(done > 0 ? [`${countOf(done, 'file')} uploaded`] : []),
    ...(refused > 0 ? [`${done > 0 ? refused : countOf(refused, 'file')} refused`] : []),
  ];
  return parts.join(', ') || 'Uploads cancelled';
}

/** What is being uploaded; it stays in its corner while the person browses. */
export function UploadTray({ store }: { store: UploadStore }) {
  const uploads = useSyncExternalStore(store.subscribe, store.snapshot);
  const [isFolded, setFolded] = useState(false);
  const summary = summarise(uploads);
  const isBusy = summary.open > 0;
  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isBusy]);
  if (uploads.length === 0) return null;

  const percent = Math.round(summary.progress * 100);
  return (
    <section
      aria-label="Uploads"
      className="fixed inset-x-3 bottom-3 z-30 animate-rise overflow-hidden rounded-2xl bg-raised shadow-modal sm:right-5 sm:bottom-5 sm:left-auto sm:w-[25rem]"
    >
      <div className="flex items-center gap-1 py-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-sm tracking-normal" aria-live="polite">
          {headline(summary)}
        </h2>
        {isBusy && <span className="px-1 text-faint text-sm tabular">{percent} %</span>}
        <IconButton
          small
          label={isFolded ? 'Show uploads' : 'Fold uploads'}
          icon={isFolded ? <ChevronUp size={17} aria-hidden /> : <ChevronDown size={17} aria-hidden />}
          onPress={() => setFolded(!isFolded)}
        />
        {!isBusy && (
          <IconButton
            small
            label="Close uploads"
            icon={<X size={17} aria-hidden />}
            onPress={() => store.clear()}
          />
        )}
      </div>
      <div
        role="progressbar"
        aria-label="All uploads"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-0.5 bg-sunken"
      >
        <div
          className={`h-full bg-accent transition-[width] duration-300 ${isBusy ? '' : 'opacity-0'}`}
          style={{ width: `${percent}%` }}
        />
      </div>
      {!isFolded && (
        <ul aria-label="Files" className="max-h-72 overflow-y-auto py-1 -outline-offset-2 scroll-quiet">
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} store={store} />
          ))}
        </ul>
      )}
    </section>
  );
}

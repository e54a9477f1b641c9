import { CircleSlash, ImageUp } from 'lucide-react';
import type { UploadTarget } from '../upload-queue.ts';

/** Covers the page while files hover over it, and names where they would go. */
export function DropOverlay({ target }: { target: UploadTarget | null }) {
  const Icon = target ? ImageUp : CircleSlash;
  return (
    <div className="pointer-events-none fixed inset-0 z-40 animate-fade bg-scrim p-4 backdrop-blur-[2px] sm:p-6">
      <div className="flex size-full items-center justify-center rounded-3xl border-2 border-accent border-dashed bg-accent-wash/70">
        <div
          role="status"
          className="mx-6 flex max-w-md flex-col items-center rounded-2xl bg-raised px-10 py-8 text-center shadow-modal"
        >
          <Icon size={34} strokeWidth={1.6} aria-hidden className="mb-4 text-accent-ink" />
          <p className="font-semibold text-xl tracking-tight">
            {target ? `Upload to ${target.name}` : 'Open a client first'}
          </p>
          <p className="mt-1 text-soft text-sm">
            {target
              ? 'Let go to add these files. Folders are read, too.'
              : 'Every asset belongs to a client; files dropped there are uploaded.'}
          </p>
        </div>
      </div>
    </div>
  );
}

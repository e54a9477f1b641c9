import { CircleSlash, ImageUp } from 'lucide-react';
import type { OpenPlace } from '../api/use-upload-target.ts';

function overlayOf(target: OpenPlace | null) {
  if (!target) {
    const words = 'Every asset belongs to a client; files dropped there are uploaded.';
    return { icon: CircleSlash, title: 'Open a client first', words };
  }
  if (!target.mayUpload) {
    const words = 'You may look at what is here. Ask one of its managers to let you upload.';
    return { icon: CircleSlash, title: `Not to ${target.name}`, words };
  }
  const words = 'Let go to add these files. Folders are read, too.';
  return { icon: ImageUp, title: `Upload to ${target.name}`, words };
}

/** Covers the page while files hover over it, and names where they would go. */
export function DropOverlay({ target }: { target: OpenPlace | null }) {
  const { icon: Icon, title, words } = overlayOf(target);
  return (
    <div className="pointer-events-none fixed inset-0 z-40 animate-fade bg-scrim p-4 backdrop-blur-[2px] sm:p-6">
      <div className="flex size-full items-center justify-center rounded-3xl border-2 border-accent border-dashed bg-accent-wash/70">
        <div
          role="status"
          className="mx-6 flex max-w-md flex-col items-center rounded-2xl bg-raised px-10 py-8 text-center shadow-modal"
        >
          <Icon size={34} strokeWidth={1.6} aria-hidden className="mb-4 text-accent-ink" />
          <p className="font-semibold text-xl tracking-tight">{title}</p>
          <p className="mt-1 text-soft text-sm">{words}</p>
        </div>
      </div>
    </div>
  );
}

import { CircleHelp, SquareCheckBig } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from '../../../components/ui/button.tsx';

interface UnassignedBannerProps {
  /** Left out where nothing can be chosen. */
  onSelect?: (() => void) | undefined;
  buttonRef: Ref<HTMLButtonElement>;
}

/** What the assets of the client Unassigned are, and what to do with them. */
export function UnassignedBanner({ onSelect, buttonRef }: UnassignedBannerProps) {
  return (
    <aside
      aria-label="About these assets"
      className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-2xl bg-warn-wash px-4 py-3"
    >
      <CircleHelp size={20} aria-hidden className="shrink-0 text-warn-ink" />
      <p className="min-w-0 flex-1 basis-64 text-pretty text-ink text-sm">
        These belonged to no client in the system that they came from. Select the ones of a client and give
        them to it; they keep their addresses, tags and versions.
      </p>
      {onSelect && (
        <Button ref={buttonRef} onPress={onSelect}>
          <SquareCheckBig size={16} aria-hidden />
          Select
        </Button>
      )}
    </aside>
  );
}

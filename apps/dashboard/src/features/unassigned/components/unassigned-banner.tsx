import { Link } from '@tanstack/react-router';
import { CircleHelp, SquareCheckBig } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from '../../../components/ui/button.tsx';

interface UnassignedBannerProps {
  /** Left out where nothing can be chosen. */
  onSelect?: (() => void) | undefined;
  /** Owners and admins may go there. */
  showsQuarantine: boolean;
  buttonRef: Ref<HTMLButtonElement>;
}

/** What the assets of the client Unassigned are, and what to do with them. */
export function UnassignedBanner({ onSelect, showsQuarantine, buttonRef }: UnassignedBannerProps) {
  return (
    <aside
      aria-label="About these assets"
      className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-2xl bg-warn-wash px-4 py-3"
    >
      <CircleHelp size={20} aria-hidden className="shrink-0 text-warn-ink" />
      <p className="min-w-0 flex-1 basis-64 text-pretty text-ink text-sm">
        These belonged to no client in the system that they came from. Select the ones of a client and give
        them to it; they keep their addresses, tags and versions.
        {showsQuarantine && (
          <>
            {' '}
            What could not be made an asset is kept in{' '}
            <Link to="/quarantine" className="font-medium text-accent-ink underline underline-offset-2">
              quarantine
            </Link>
            .
          </>
        )}
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

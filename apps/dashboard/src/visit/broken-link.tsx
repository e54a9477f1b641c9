import { Link2Off, TriangleAlert } from 'lucide-react';
import { Button } from '../components/ui/button.tsx';
import { Notice } from '../components/ui/notice.tsx';
import { VisitError } from './ask.ts';

/** In place of a page whose link does not work, or that could not be loaded. */
export function BrokenLink({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isGone = error instanceof VisitError && error.isGone;
  return (
    <main>
      <Notice
        isPage
        icon={isGone ? <Link2Off size={26} aria-hidden /> : <TriangleAlert size={26} aria-hidden />}
        title={isGone ? 'This link does not work' : 'This page could not be loaded'}
        {...(!isGone && { action: <Button onPress={onRetry}>Try again</Button> })}
      >
        {error.message}
      </Notice>
    </main>
  );
}

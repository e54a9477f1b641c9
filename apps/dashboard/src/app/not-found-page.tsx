import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { buttonClass } from '../components/ui/button-class.ts';
import { Notice } from '../components/ui/notice.tsx';
import { useTitle } from '../lib/use-title.ts';

export function NotFoundPage() {
  useTitle('Not found');
  return (
    <main>
      <Notice
        isPage
        icon={<Compass size={26} aria-hidden />}
        title="There is nothing at this address"
        action={
          <Link to="/" className={buttonClass({ look: 'primary' })}>
            Go to clients
          </Link>
        }
      >
        The link may be incomplete, or what it led to has moved.
      </Notice>
    </main>
  );
}

import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { useLiveChanges } from '../features/assets/live/use-live-changes.ts';
import { UploadLayer } from '../features/uploads/components/upload-layer.tsx';
import { useCommandKey } from '../lib/use-command-key.ts';
import { useHotkey } from '../lib/use-hotkey.ts';
import { MobileBar } from './mobile-bar.tsx';
import { Sidebar } from './sidebar.tsx';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));

/** What stays on the screen while pages change: the sidebar, the drop target and the uploads. */
export function AppShell() {
  const [showsKeys, setShowsKeys] = useState(false);
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  useFocusOnArrival(main, pathname);
  useHotkey('?', () => setShowsKeys(true));
  const navigate = useNavigate();
  useCommandKey('k', () => void navigate({ to: '/search' }));
  const { isOffline } = useLiveChanges();
  return (
    <UploadLayer>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
      >
        Skip to content
      </a>
      <aside
        aria-label="Sidebar"
        className="fixed inset-y-0 left-0 hidden w-60 border-line border-r bg-surface lg:block"
      >
        <Sidebar onShowKeys={() => setShowsKeys(true)} />
      </aside>
      <div className="lg:pl-60">
        <header>
          <MobileBar onShowKeys={() => setShowsKeys(true)} />
        </header>
        <main ref={main} id="main" tabIndex={-1} className="outline-none">
          <Outlet />
        </main>
      </div>
      {isOffline && (
        <p
          role="status"
          className="fixed bottom-4 left-4 z-40 rounded-full bg-raised px-3.5 py-1.5 text-soft text-xs shadow-float lg:left-64"
        >
          No connection. What you see may be old.
        </p>
      )}
      {showsKeys && (
        <Suspense>
          <KeysDialog isOpen onClose={() => setShowsKeys(false)} />
        </Suspense>
      )}
    </UploadLayer>
  );
}

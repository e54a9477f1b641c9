import '../styles/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { queryClient } from '../app/query-client.ts';

/** Shows a page of its own for people with a link; `page` is given the link's token, the second part of the address. */
export function startPage(page: (token: string) => ReactNode): void {
  // Zod would try to compile its checks with `new Function`, which the page's Content-Security-Policy refuses.
  z.config({ jitless: true });
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root".');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        {page(window.location.pathname.split('/')[2] ?? '')}
      </QueryClientProvider>
    </StrictMode>,
  );
}

import { createRouter } from '@tanstack/react-router';
import { selfOptions } from '../features/session/api/use-self.ts';
import { ErrorPage } from './error-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { onSignedOut, queryClient } from './query-client.ts';
import { routeTree } from './routes.tsx';

export const router = createRouter({
  routeTree,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

// A session that ends while a page is open leads to the sign-in page, and from there back.
onSignedOut(() => {
  const { queryKey } = selfOptions();
  // Without it nobody was signed in, and the guard of the routes is already on its way to the sign-in page.
  if (queryClient.getQueryData(queryKey) === undefined) return;
  queryClient.removeQueries({ queryKey });
  void router.invalidate();
});

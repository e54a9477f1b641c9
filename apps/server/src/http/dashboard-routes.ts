import { existsSync } from 'node:fs';
import path from 'node:path';
import { Router, static as serveStatic } from 'express';

/** Pages of their own for people without an account. */
const pagesOfLinks = [
  ['/s/:token', 'share.html'],
  ['/u/:token', 'guest.html'],
] as const;

/** The dashboard: hashed files for ever, the page itself never from a cache, any other address is one of its routes. */
export function dashboardRoutes(directory: string): Router {
  const router = Router();
  const page = path.join(directory, 'index.html');
  if (!existsSync(page)) {
    router.get('/', (_request, response) => {
      response
        .status(503)
        .type('text/plain')
        .send('The dashboard is not built. Run "pnpm build" and start again.\n');
    });
    return router;
  }
  router.use('/assets', serveStatic(path.join(directory, 'assets'), { immutable: true, maxAge: '1y' }));
  router.use(serveStatic(directory, { index: false, maxAge: 0 }));
  for (const [address, entry] of pagesOfLinks) {
    router.get(address, (_request, response) => {
      // The address opens something: no other site is told it, and no search engine keeps it.
      response
        .set('Cache-Control', 'no-cache')
        .set('Referrer-Policy', 'no-referrer')
        .set('X-Robots-Tag', 'noindex, nofollow')
        .sendFile(path.join(directory, entry), { dotfiles: 'allow' });
    });
  }
  router.get(['/', '/*splat'], (request, response, next) => {
    // A file that is gone is not answered with the page: a browser would take it for the script it asked for.
    if (path.extname(request.path) !== '') return next();
    response.set('Cache-Control', 'no-cache').sendFile(page, { dotfiles: 'allow' });
  });
  return router;
}

import { Router } from 'express';
import { version } from '../version.ts';

/** `/livez` (the process), `/readyz` (database and storage) and `/version`. Open to everybody; they tell nothing else. */
export function healthRoutes(checks: Readonly<Record<string, () => Promise<void>>>): Router {
  const router = Router();
  router.get('/livez', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/version', (_request, response) => {
    response.json({ name: 'vitrine', version });
  });
  router.get('/readyz', async (request, response) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        try {
          await check();
          return [name, 'ok'] as const;
        } catch (error) {
          request.log.error({ err: error, check: name }, 'not ready');
          return [name, 'failed'] as const;
        }
      }),
    );
    const ready = results.every(([, state]) => state === 'ok');
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'failed', checks: Object.fromEntries(results) });
  });
  return router;
}

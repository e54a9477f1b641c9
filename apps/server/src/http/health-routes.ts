import { version } from '../version.ts';
import type { DeclaredRoute } from './declared-route.ts';

/** `/livez` (the process), `/readyz` (database and storage) and `/version`. Open to everybody; they tell nothing else. */
export function healthRoutes(checks: Readonly<Record<string, () => Promise<void>>>): DeclaredRoute[] {
  return [
    {
      method: 'get',
      paths: ['/livez'],
      permission: 'public',
      handle: (_request, response) => {
        response.json({ status: 'ok' });
      },
    },
    {
      method: 'get',
      paths: ['/version'],
      permission: 'public',
      handle: (_request, response) => {
        response.json({ name: 'vitrine', version });
      },
    },
    {
      method: 'get',
      paths: ['/readyz'],
      permission: 'public',
      async handle(request, response) {
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
      },
    },
  ];
}

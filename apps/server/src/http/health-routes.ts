import { version } from '../version.ts';
import type { DeclaredRoute } from './declared-route.ts';

export interface Readiness {
  /** By name; a rejection means that nothing works here. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  /** False: uploads are refused, and everything else works. */
  readonly hasRoom: () => Promise<boolean>;
}

/**
 * `/livez` (the process), `/readyz` (database, storage and the room on the disk) and `/version`. Open to everybody; they tell nothing
 * else. A full disk is told and does not make the server unready: it is asked to read and to delete, which is how room is made.
 */
export function healthRoutes({ checks, hasRoom }: Readiness): DeclaredRoute[] {
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
        const room = await hasRoom().then(
          (enough) => (enough ? 'ok' : 'full'),
          (error: unknown) => {
            request.log.error({ err: error, check: 'room' }, 'not known how much room there is');
            return 'unknown';
          },
        );
        response
          .status(ready ? 200 : 503)
          .json({ status: ready ? 'ok' : 'failed', checks: { ...Object.fromEntries(results), room } });
      },
    },
  ];
}

import { type ServerProcess, startServerProcess } from '../../apps/server/test/server-process.ts';
import type { Library } from './seeded-library.ts';

/** The product as `vitrine serve` starts it, its log at the default level included; only the rate limit is out of reach. */
export function startVitrine({ dataDir }: Library): Promise<ServerProcess> {
  return startServerProcess({ dataDir, settings: { VITRINE_RATE_LIMIT: '1000000000' } });
}

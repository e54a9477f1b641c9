import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAssetUrls } from '@vitrine/api';
import type { Express } from 'express';
import type { Composition } from './compose.ts';
import { createApp } from './http/app.ts';
import { version } from './version.ts';

/** The built dashboard, beside this app in the repository. */
const dashboardDir = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

/** Gives the HTTP layer its parts. */
export function createHttpApp(composition: Composition): Express {
  const { config, services, database, auth, authenticator, blobs, logger, signer } = composition;
  const { publicUrl } = config;
  return createApp({
    services,
    database,
    auth,
    authenticator,
    blobs,
    logger,
    dashboardDir,
    rateLimit: config.rateLimit,
    installation: {
      version,
      publicUrl,
      maxUploadBytes: config.maxUploadBytes,
      urlsFor: createAssetUrls({ publicUrl, signer }),
    },
    readiness: {
      database: () => database.check(),
      storage: async () => {
        if (!existsSync(path.join(config.dataDir, 'staging'))) throw new Error('The staging folder is gone.');
      },
    },
  });
}

import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAssetUrls } from '@vitrine/api';
import type { Principal } from '@vitrine/core';
import type { Composition } from './compose.ts';
import { createBlobBodies } from './delivery/blob-bodies.ts';
import { createDeliveryListener } from './delivery/delivery-listener.ts';
import { originalRoute } from './delivery/original-route.ts';
import { createStillPdfs } from './delivery/still-pdfs.ts';
import { thumbnailRoute } from './delivery/thumbnail-route.ts';
import { waveformRoute } from './delivery/waveform-route.ts';
import { guestRoutes } from './guests/guest-routes.ts';
import { createApp } from './http/app.ts';
import type { RateLimit } from './http/rate-limit.ts';
import { actorOf } from './identity/actor-of.ts';
import { quarantineRoute } from './quarantine/quarantine-route.ts';
import { shareRoutes } from './shares/share-routes.ts';
import { version } from './version.ts';

/** The built dashboard, beside this app in the repository. */
const dashboardDir = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

/** Gives the HTTP layer its parts: assets' bytes are answered by their own listener, everything else by the app. */
export function createHttpApp(composition: Composition, rateLimit: RateLimit): RequestListener {
  const { config, services, database, auth, sso, authenticator, blobs, clock, logger, signer, room, proofs } =
    composition;
  const { publicUrl } = config;
  const actorNow = (principal: Principal) => database.read((readers) => actorOf(readers, principal, clock));
  const bodies = createBlobBodies({ blobs, proofs });
  const stillPdfs = createStillPdfs(bodies);
  const deliver = createDeliveryListener({
    routes: [originalRoute(services, stillPdfs), thumbnailRoute(services), waveformRoute(services, bodies)],
    bodies,
    revision: () => database.revision(),
    actorOf: actorNow,
    always: publicUrl.startsWith('https:') ? ['Strict-Transport-Security', 'max-age=31536000'] : [],
    authenticator,
    clock,
    logger,
    rateLimit,
    trustedProxies: config.trustedProxies,
    signer,
  });
  const app = createApp({
    services,
    database,
    auth,
    authenticator,
    actorOf: actorNow,
    logger,
    dashboardDir,
    rateLimit,
    trustedProxies: config.trustedProxies,
    guestRoutes: guestRoutes({
      services,
      bodies,
      maxUploadBytes: config.maxUploadBytes,
      isSecure: publicUrl.startsWith('https:'),
    }),
    quarantineRoute: quarantineRoute({ services, bodies }),
    shareRoutes: shareRoutes({ services, bodies, stillPdfs, isSecure: publicUrl.startsWith('https:') }),
    installation: {
      version,
      publicUrl,
      maxUploadBytes: config.maxUploadBytes,
      signIn: { forgot: config.mail !== null, sso: sso && { name: sso.name } },
      urlsFor: createAssetUrls({ publicUrl, signer }),
    },
    readiness: {
      checks: {
        database: () => database.check(),
        storage: async () => {
          if (!existsSync(path.join(config.dataDir, 'staging')))
            throw new Error('The staging folder is gone.');
        },
      },
      hasRoom: async () => !(await room.look()).short,
    },
  });
  return (request, response) => {
    if (!deliver(request, response)) app(request, response);
  };
}

import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createJobHandlers, enqueueJob } from '@vitrine/core';
import { type Logger, pino } from 'pino';
import { type ComposeOverrides, type Composition, compose } from './compose.ts';
import type { Config } from './config/config.ts';
import { SettingsError } from './config/env.ts';
import { createHttpApp } from './create-http-app.ts';
import { createDrain } from './drain.ts';
import { createBoundedServer } from './http/bounded-server.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { sendsBytes } from './http/sends-bytes.ts';
import { shareRates } from './http/share-rates.ts';
import { checkSsoProvider } from './identity/sso/sso-provider.ts';
import { logDestination } from './log-destination.ts';
import { pruneLogs } from './prune-logs.ts';
import { repeatJobs } from './repeat-jobs.ts';
import { warnOfOpenFolder } from './warn-of-open-folder.ts';

/** A running server. Disposing it refuses new requests, finishes those under way and closes everything. */
export interface RunningServer extends AsyncDisposable {
  /** How to reach it, without a slash at the end. */
  readonly url: string;
  readonly composition: Composition;
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function listen(server: Server, { port, host }: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new SettingsError(`Port ${port} on ${host} is in use. Stop the other program or set VITRINE_PORT.`),
        );
      } else if (error.code === 'EACCES') {
        reject(
          new SettingsError(`Port ${port} may not be used by this user. Set VITRINE_PORT to one above 1023.`),
        );
      } else reject(error);
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return isAddress(address) ? address.port : port;
}

/** Begins with what an earlier process left, and with assets from before there were renditions or a search. */
async function startBackground({
  jobs,
  services,
  database,
  clock,
  logger,
}: Composition): Promise<Disposable> {
  await jobs.start(createJobHandlers(services));
  await database.transaction(async (writers) => {
    await enqueueJob(writers, 'search.sweep', {}, { at: clock.now() });
    await enqueueJob(writers, 'rendition.sweep', {}, { at: clock.now() });
  });
  return repeatJobs({ database, clock, logger }, ['trash.purge', 'blob.collect', 'blob.verify']);
}

/** The provider of single sign-on, if it answers. Without it people still have their passwords. */
async function reachableSso({ sso, logLevel }: Config, logger?: Logger): Promise<Config['sso']> {
  if (!sso) return null;
  try {
    await checkSsoProvider(sso);
    return sso;
  } catch (error) {
    const log = logger ?? pino({ level: logLevel }, logDestination());
    log.error({ err: error }, 'single sign-on is off until the next start: its provider cannot be used');
    return null;
  }
}

/** Migrates, composes and listens. Fails with SettingsError when the port cannot be had. */
export async function serve(config: Config, overrides: ComposeOverrides = {}): Promise<RunningServer> {
  // The port is taken first: with port 0 the public URL is only known then, and it fails before anything is touched.
  const ready = Promise.withResolvers<RequestListener>();
  let listener: RequestListener = (request, response) => {
    ready.promise.then((app) => app(request, response));
  };
  const handle: RequestListener = (request, response) => listener(request, response);
  const server = createBoundedServer(handle);
  // Without this Node answers 100-continue by itself, and a refused upload would be sent in full all the same.
  server.on('checkContinue', (request, response) => {
    if (!sendsBytes(request.url ?? '')) response.writeContinue();
    handle(request, response);
  });

  const drain = createDrain(server);
  const port = await listen(server, config);
  const url = config.publicUrl ?? `http://localhost:${port}`;
  try {
    const sso = await reachableSso(config, overrides.logger);
    const composition = await compose({ ...config, publicUrl: url }, { ...overrides, sso });
    const { clock, database, logger } = composition;
    await warnOfOpenFolder(config.dataDir, logger);
    const rate = createRateLimit(config.rateLimit, clock);
    listener = createHttpApp(composition, rate.limit);
    ready.resolve(listener);
    const repeated = overrides.background === false ? null : await startBackground(composition);
    const pruning = pruneLogs(composition.services, logger);
    const sharing = shareRates({ rate, perMinute: config.rateLimit, database, clock, logger });
    return {
      url,
      composition,
      async [Symbol.asyncDispose]() {
        pruning[Symbol.dispose]();
        sharing[Symbol.dispose]();
        repeated?.[Symbol.dispose]();
        // Watches would go on for ever.
        composition.services.changes.close();
        await drain();
        await composition.jobs.stop();
        await composition[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    server.closeAllConnections();
    server.close();
    throw error;
  }
}

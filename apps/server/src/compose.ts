import path from 'node:path';
import {
  type AddressSigner,
  type BlobStores,
  type Clock,
  createAddressSigner,
  createServices,
  createVisitPasses,
  type Database,
  type Ids,
  type JobQueue,
  type MediaInspector,
  type MediaRenderer,
  type RemoteFiles,
  type ServiceDependencies,
  type Services,
  type StagingArea,
  systemClock,
  type TextReader,
  uuidIds,
} from '@vitrine/core';
import { createMediaTools } from '@vitrine/media';
import { createRemoteFiles } from '@vitrine/remote';
import {
  createBlobStores,
  createDatabaseBlobStore,
  createDiskBlobStore,
  createDiskResumableStaging,
  createDiskRoom,
  createDiskStaging,
  type DiskRoom,
  type FileSystem,
  nodeFileSystem,
} from '@vitrine/storage';
import { type Logger, pino } from 'pino';
import type { Config } from './config/config.ts';
import { createProofs, type Proofs } from './delivery/proofs.ts';
import { type Accounts, createAccounts } from './identity/accounts.ts';
import { type Auth, createAuth } from './identity/auth.ts';
import { createAuthenticator, type ForgetfulAuthenticator } from './identity/authenticator.ts';
import { createLinkMailer } from './identity/mail/link-mailer.ts';
import { createSmtpMailer } from './identity/mail/smtp-mailer.ts';
import { createPasswords } from './identity/passwords.ts';
import type { SsoSettings } from './identity/sso/sso-provider.ts';
import { keepReserve } from './keep-reserve.ts';
import { logDestination } from './log-destination.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { createCommandScanner } from './scan/command-scanner.ts';

/** A configuration whose public address is settled. */
export type SettledConfig = Config & { readonly publicUrl: string };

/** Everything that was built; disposing it closes the parts in the reverse order. */
export interface Composition extends AsyncDisposable {
  readonly config: SettledConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: Database;
  readonly blobs: BlobStores;
  readonly services: Services;
  readonly signer: AddressSigner;
  readonly auth: Auth;
  readonly sso: SsoSettings | null;
  readonly authenticator: ForgetfulAuthenticator;
  readonly accounts: Accounts;
  /** On the file system of the data folder. */
  readonly room: DiskRoom;
  /** Of stored bytes that were served. */
  readonly proofs: Proofs;
  /** Background work, which a server starts; a command only adds to it. */
  readonly jobs: JobQueue;
}

/** Parts that a test puts in place of the real ones, by name. */
export interface ComposeOverrides {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly staging?: StagingArea;
  readonly inspector?: MediaInspector;
  readonly remoteFiles?: RemoteFiles;
  readonly renderer?: MediaRenderer;
  readonly texts?: TextReader;
  /** Whether a server does background work; true unless said. */
  readonly background?: boolean;
  readonly logger?: Logger;
  /** Where staging areas and stores on disk write. */
  readonly fs?: FileSystem;
  /** The provider, where people sign in and it answers; none unless said. */
  readonly sso?: SsoSettings | null;
  /** The use cases' parts, once they are all there. */
  readonly dependencies?: (real: ServiceDependencies) => ServiceDependencies;
}

/** How old a staging file must be before it counts as left behind: longer than any upload takes. */
const abandonedMs = 24 * 3600 * 1000;

interface Disk {
  readonly fs: FileSystem;
  /** Called when it is full; see `Database`. */
  readonly makeRoom: () => Promise<boolean>;
}

async function openBlobs({ dataDir, blobs }: Config, { fs, makeRoom }: Disk): Promise<BlobStores> {
  return createBlobStores({
    disk: await createDiskBlobStore({ directory: path.join(dataDir, 'blobs'), fs }),
    database: await createDatabaseBlobStore({ file: path.join(dataDir, 'blobs.sqlite'), makeRoom }),
    default: blobs.mode,
    inlineMax: blobs.inlineMax,
  });
}

/** Migrates the database and builds every part, in order. */
export async function compose(config: SettledConfig, overrides: ComposeOverrides = {}): Promise<Composition> {
  const logger = overrides.logger ?? pino({ level: config.logLevel }, logDestination());
  await using opened = new AsyncDisposableStack();
  const { minFreeBytes, reserveBytes } = config;
  const { fs = nodeFileSystem } = overrides;
  const room = createDiskRoom({ directory: config.dataDir, minFreeBytes, reserveBytes, fs });
  const makeRoom = async () => {
    const made = await room.giveUp();
    if (made) logger.warn('the disk is full; the reserve was given up so that deleting still works');
    return made;
  };
  if (await room.giveUpIfFull()) logger.warn('the disk is full; the reserve was given up');
  const { applied } = await migrate(config);
  if (applied.length > 0) logger.info({ applied }, 'migrated the database');

  const { database, createJobQueue, identity } = await openDatabase(config, makeRoom);
  opened.defer(() => database.close());
  const blobs = await openBlobs(config, { fs, makeRoom });
  opened.defer(() => blobs.close());
  const media = createMediaTools({ hidden: [config.dataDir], processes: config.renderers });
  const inspector = overrides.inspector ?? media.inspector;
  opened.defer(() => inspector.close());
  const renderer = overrides.renderer ?? media.renderer;
  opened.defer(() => renderer.close());
  const waiting = { directory: path.join(config.dataDir, 'staging'), minFreeBytes, fs };
  const staging = overrides.staging ?? (await createDiskStaging(waiting));
  const swept = await staging.sweep(abandonedMs);
  if (swept > 0) logger.info({ swept }, 'removed staging files that an earlier run left behind');

  const clock = overrides.clock ?? systemClock;
  const passwords = createPasswords({ library: database, clock, logger });
  const real: ServiceDependencies = {
    database,
    blobs,
    inspector,
    renderer,
    texts: overrides.texts ?? media.texts,
    passwords,
    passes: createVisitPasses({ secret: config.secret, clock }),
    mailer: config.mail && createLinkMailer(createSmtpMailer(config.mail), config.publicUrl),
    staging,
    partials: await createDiskResumableStaging(waiting),
    keepUploadsMs: config.keepUploadsMs,
    trashDays: config.trashDays,
    collectGraceMs: config.collectGraceMs,
    verifyBytesPerSecond: config.verifyBytesPerSecond,
    clock,
    logger,
    ids: overrides.ids ?? uuidIds,
    remoteFiles: overrides.remoteFiles ?? createRemoteFiles({ allowed: config.importAllow }),
    scanner: config.scanCommand === null ? null : createCommandScanner(config.scanCommand),
    quarantine: await createDiskBlobStore({ directory: path.join(config.dataDir, 'quarantine'), fs }),
    maxUploadBytes: config.maxUploadBytes,
  };
  const services = createServices(overrides.dependencies?.(real) ?? real);
  opened.defer(() => services.changes.close());
  const proofs = opened.use(createProofs({ look: services.verifier.look, logger }));

  const auth = createAuth({
    publicUrl: config.publicUrl,
    secret: config.secret,
    database: identity,
    logger,
    guard: services.signIns,
    passwords,
    library: database,
    clock,
    sso: overrides.sso ?? null,
  });
  const authenticator = createAuthenticator({
    auth,
    clock,
    async findRole(userId) {
      const user = await database.read((readers) => readers.users.find(userId));
      return user?.role ?? null;
    },
    touchSession: (id, at) =>
      database
        .transaction((writers) => writers.sessions.touch(id, at))
        .catch((error: unknown) => logger.warn({ err: error }, 'the use of a session could not be noted')),
  });
  const accounts = createAccounts(auth);

  const jobs = createJobQueue({ logger, concurrency: config.renderers });
  opened.defer(() => jobs.stop());

  opened.use(keepReserve(room, logger));

  const parts = opened.move();
  return {
    config,
    clock,
    logger,
    database,
    blobs,
    services,
    signer: createAddressSigner({ secret: config.secret, clock }),
    auth,
    sso: overrides.sso ?? null,
    authenticator,
    accounts,
    room,
    proofs,
    jobs,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

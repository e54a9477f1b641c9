import type { BlobStore, BlobStores, StagingArea } from './ports/blob-store.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { FileScanner } from './ports/file-scanner.ts';
import type { Ids } from './ports/ids.ts';
import type { LinkMailer } from './ports/link-mailer.ts';
import type { Logger } from './ports/logger.ts';
import type { MediaInspector } from './ports/media-inspector.ts';
import type { MediaRenderer } from './ports/media-renderer.ts';
import type { RemoteFiles } from './ports/remote-files.ts';
import type { ResumableStaging } from './ports/resumable-staging.ts';
import type { TextReader } from './ports/text-reader.ts';
import type { VisitPasses } from './shares/visit-passes.ts';

/** What every use case is built from; a test replaces any part by name. */
export interface ServiceDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ids: Ids;
  readonly staging: StagingArea;
  /** Uploads that are not whole yet. */
  readonly partials: ResumableStaging;
  readonly blobs: BlobStores;
  readonly inspector: MediaInspector;
  readonly renderer: MediaRenderer;
  readonly texts: TextReader;
  /** How passwords are kept. */
  readonly passwords: {
    hash(password: string): Promise<string>;
    verify(password: string, hash: string): Promise<boolean>;
  };
  /** What visitors of share links show. */
  readonly passes: VisitPasses;
  /** Null: there is no mail, and whoever makes an address hands it on. */
  readonly mailer: LinkMailer | null;
  readonly remoteFiles: RemoteFiles;
  /** Null: nothing is scanned. */
  readonly scanner: FileScanner | null;
  /** Keeps files that the scan or an import refused; only owners and admins get at them. */
  readonly quarantine: Pick<BlobStore, 'put' | 'open' | 'delete'>;
  /** Bytes. */
  readonly maxUploadBytes: number;
  /** How long an upload is kept since its last bytes came, in milliseconds. */
  readonly keepUploadsMs: number;
  /** How many days something lies in the trash; null: until somebody empties it. */
  readonly trashDays: number | null;
  /** How long bytes that nothing points at are kept, in milliseconds: longer than any upload takes. */
  readonly collectGraceMs: number;
  /** How fast stored bytes are read back in the background; 0: as fast as it goes. */
  readonly verifyBytesPerSecond: number;
}

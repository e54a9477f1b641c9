import type { BlobStores, StagingArea } from './ports/blob-store.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { Ids } from './ports/ids.ts';
import type { MediaInspector } from './ports/media-inspector.ts';
import type { MediaRenderer } from './ports/media-renderer.ts';
import type { TextReader } from './ports/text-reader.ts';

/** What every use case is built from; a test replaces any part by name. */
export interface ServiceDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly staging: StagingArea;
  readonly blobs: BlobStores;
  readonly inspector: MediaInspector;
  readonly renderer: MediaRenderer;
  readonly texts: TextReader;
  /** Bytes. */
  readonly maxUploadBytes: number;
}

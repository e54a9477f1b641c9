import type { AccessReader } from '../access/access-repository.ts';
import type { UserReader } from '../access/user-repository.ts';
import type { AssetReader, AssetWriter } from '../assets/asset-repository.ts';
import type { AuditReader, AuditWriter } from '../audit/audit-repository.ts';
import type { CampaignReader, CampaignWriter } from '../campaigns/campaign-repository.ts';
import type { ChangeReader, ChangeWriter } from '../changes/change-repository.ts';
import type { ClientReader, ClientWriter } from '../clients/client-repository.ts';
import type { CollectionReader, CollectionWriter } from '../collections/collection-repository.ts';
import type { ContextReader } from '../context/context-repository.ts';
import type { CollectorReader, CollectorWriter } from '../gc/collector-repository.ts';
import type { GrantReader, GrantWriter } from '../grants/grant-repository.ts';
import type { GuestFileReader, GuestFileWriter } from '../guests/guest-file-repository.ts';
import type { UploadLinkReader, UploadLinkWriter } from '../guests/upload-link-repository.ts';
import type { ExaminationReader, ExaminationWriter } from '../health/examination-repository.ts';
import type { HealthReader, HealthWriter } from '../health/health-repository.ts';
import type { IdempotencyWriter } from '../idempotency/idempotency-repository.ts';
import type { AttemptReader, AttemptWriter } from '../identity/attempt-repository.ts';
import type { ImportReader, ImportWriter } from '../imports/import-repository.ts';
import type { JobReader, JobWriter } from '../jobs/job-repository.ts';
import type { KeyReader, KeyWriter } from '../keys/key-repository.ts';
import type { LegacyReader, LegacyWriter } from '../legacy/legacy-repository.ts';
import type { LineageReader, LineageWriter } from '../lineage/lineage-repository.ts';
import type { MoveReader, MoveWriter } from '../moves/move-repository.ts';
import type { PeopleReader, PeopleWriter } from '../people/people-repository.ts';
import type { QuarantineReader, QuarantineWriter } from '../quarantine/quarantine-repository.ts';
import type { RenditionReader, RenditionWriter } from '../renditions/rendition-repository.ts';
import type { RightsReader, RightsWriter } from '../rights/rights-repository.ts';
import type { SearchReader, SearchWriter } from '../search/search-repository.ts';
import type { SessionReader, SessionWriter } from '../sessions/session-repository.ts';
import type { ShareReader, ShareWriter } from '../shares/share-repository.ts';
import type { TagReader, TagWriter } from '../tags/tag-repository.ts';
import type { TrashReader, TrashWriter } from '../trash/trash-repository.ts';
import type { BlobReader, BlobWriter } from '../uploads/blob-repository.ts';
import type { ResumableReader, ResumableWriter } from '../uploads/resumable-repository.ts';
import type { VersionReader, VersionWriter } from '../versions/version-repository.ts';

/** What may be done outside a transaction: reading. */
export interface Readers {
  readonly access: AccessReader;
  readonly grants: GrantReader;
  readonly clients: ClientReader;
  readonly campaigns: CampaignReader;
  readonly assets: AssetReader;
  readonly tags: TagReader;
  readonly collections: CollectionReader;
  readonly search: SearchReader;
  readonly blobs: BlobReader;
  readonly collector: CollectorReader;
  readonly health: HealthReader;
  readonly examination: ExaminationReader;
  readonly moves: MoveReader;
  readonly versions: VersionReader;
  readonly trash: TrashReader;
  readonly renditions: RenditionReader;
  readonly rights: RightsReader;
  readonly lineage: LineageReader;
  readonly context: ContextReader;
  readonly changes: ChangeReader;
  readonly imports: ImportReader;
  readonly uploads: ResumableReader;
  readonly jobs: JobReader;
  readonly users: UserReader;
  readonly people: PeopleReader;
  readonly sessions: SessionReader;
  readonly attempts: AttemptReader;
  readonly keys: KeyReader;
  readonly shares: ShareReader;
  readonly uploadLinks: UploadLinkReader;
  readonly guestFiles: GuestFileReader;
  readonly quarantine: QuarantineReader;
  readonly legacy: LegacyReader;
  readonly audit: AuditReader;
}

/** What may be done inside a transaction: everything. */
export interface Writers extends Readers {
  readonly grants: GrantReader & GrantWriter;
  readonly clients: ClientReader & ClientWriter;
  readonly campaigns: CampaignReader & CampaignWriter;
  readonly assets: AssetReader & AssetWriter;
  readonly tags: TagReader & TagWriter;
  readonly collections: CollectionReader & CollectionWriter;
  readonly search: SearchReader & SearchWriter;
  readonly blobs: BlobReader & BlobWriter;
  readonly collector: CollectorReader & CollectorWriter;
  readonly health: HealthReader & HealthWriter;
  readonly examination: ExaminationReader & ExaminationWriter;
  readonly moves: MoveReader & MoveWriter;
  readonly versions: VersionReader & VersionWriter;
  readonly trash: TrashReader & TrashWriter;
  readonly renditions: RenditionReader & RenditionWriter;
  readonly rights: RightsReader & RightsWriter;
  readonly lineage: LineageReader & LineageWriter;
  readonly changes: ChangeReader & ChangeWriter;
  readonly imports: ImportReader & ImportWriter;
  readonly uploads: ResumableReader & ResumableWriter;
  readonly quarantine: QuarantineReader & QuarantineWriter;
  readonly legacy: LegacyReader & LegacyWriter;
  readonly jobs: JobReader & JobWriter;
  readonly idempotency: IdempotencyWriter;
  readonly people: PeopleReader & PeopleWriter;
  readonly sessions: SessionReader & SessionWriter;
  readonly attempts: AttemptReader & AttemptWriter;
  readonly keys: KeyReader & KeyWriter;
  readonly shares: ShareReader & ShareWriter;
  readonly uploadLinks: UploadLinkReader & UploadLinkWriter;
  readonly guestFiles: GuestFileReader & GuestFileWriter;
  readonly audit: AuditReader & AuditWriter;
}

/**
 * The database, whichever dialect it speaks.
 *
 * `read` gives readers only. `transaction` gives writers, and is the only road to a write: when it resolves, the changes
 * would survive a power cut; when `work` rejects, none of them happened and the rejection is passed on. On SQLite
 * transactions run one after the other, so `work` must not wait for the network, a file or another transaction. Where the disk was
 * full and room could be made, `work` is called once more: what it changes outside the database, it must set and not add to.
 */
export interface Database {
  read<T>(work: (readers: Readers) => Promise<T>): Promise<T>;
  transaction<T>(work: (writers: Writers) => Promise<T>): Promise<T>;
  /**
   * Calls the listener after every transaction of this process that was committed, before its promise resolves. The function it
   * answers takes the listener away.
   */
  onCommitted(listener: () => void): () => void;
  /**
   * A number that is another one after every commit of any process: what was read under it is still so while it stays. Null where
   * the database has none. Asked for in a microsecond or two, before each use of what is remembered.
   */
  revision(): number | null;
  /** Resolves when the database answers and its schema is the one this program was built for. */
  check(): Promise<void>;
  close(): Promise<void>;
}

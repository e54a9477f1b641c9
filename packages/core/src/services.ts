import { type AssetService, createAssetService } from './assets/asset-service.ts';
import { type BulkService, createBulkService } from './assets/bulk-service.ts';
import { type AuditService, createAuditService } from './audit/audit-service.ts';
import { type CampaignService, createCampaignService } from './campaigns/campaign-service.ts';
import { type ChangeService, createChangeService } from './changes/change-service.ts';
import { type ClientService, createClientService } from './clients/client-service.ts';
import { type CollectionService, createCollectionService } from './collections/collection-service.ts';
import { type ContextService, createContextService } from './context/context-service.ts';
import { type Collector, createCollector } from './gc/collector.ts';
import { createGrantService, type GrantService } from './grants/grant-service.ts';
import { createGuestFileService, type GuestFileService } from './guests/guest-file-service.ts';
import { createGuestService, type GuestService } from './guests/guest-service.ts';
import { createUploadLinkService, type UploadLinkService } from './guests/upload-link-service.ts';
import { createExaminer, type Examiner } from './health/examiner.ts';
import { createRepairer, type Repairer } from './health/repairer.ts';
import { createVerifier, type Verifier } from './health/verifier.ts';
import { createIdempotencyService, type IdempotencyService } from './idempotency/idempotency-service.ts';
import { createSignInGuard, type SignInGuard } from './identity/sign-in-guard.ts';
import { createImportService, type ImportService } from './imports/import-service.ts';
import { createJobService, type JobService } from './jobs/job-service.ts';
import { createKeyService, type KeyService } from './keys/key-service.ts';
import { createLegacyService, type LegacyService } from './legacy/legacy-service.ts';
import { createLineageService, type LineageService } from './lineage/lineage-service.ts';
import { type BlobMover, createBlobMover } from './moves/blob-mover.ts';
import { createPeopleService, type PeopleService } from './people/people-service.ts';
import { createQuarantineService, type QuarantineService } from './quarantine/quarantine-service.ts';
import { createRenditionMaker } from './renditions/rendition-maker.ts';
import { createRenditionService, type RenditionService } from './renditions/rendition-service.ts';
import { createRightsService, type RightsService } from './rights/rights-service.ts';
import { createSearchService, type SearchService } from './search/search-service.ts';
import { createTextService, type TextService } from './search/text-service.ts';
import type { ServiceDependencies } from './service-dependencies.ts';
import { createSessionService, type SessionService } from './sessions/session-service.ts';
import { createShareService, type ShareService } from './shares/share-service.ts';
import { createSharedService, type SharedService } from './shares/shared-service.ts';
import { createTagService, type TagService } from './tags/tag-service.ts';
import { createTrashService, type TrashService } from './trash/trash-service.ts';
import { createResumableService, type ResumableService } from './uploads/resumable-service.ts';
import { createUploadService, type UploadService } from './uploads/upload-service.ts';
import { createVersionService, type VersionService } from './versions/version-service.ts';

/** Every use case. Transports get this and nothing behind it. */
export interface Services {
  readonly clients: ClientService;
  readonly campaigns: CampaignService;
  readonly assets: AssetService;
  readonly bulk: BulkService;
  readonly versions: VersionService;
  readonly trash: TrashService;
  readonly collector: Collector;
  readonly verifier: Verifier;
  readonly examiner: Examiner;
  readonly repairer: Repairer;
  readonly mover: BlobMover;
  readonly tags: TagService;
  readonly collections: CollectionService;
  readonly search: SearchService;
  readonly texts: TextService;
  readonly uploads: UploadService;
  readonly resumable: ResumableService;
  readonly renditions: RenditionService;
  readonly rights: RightsService;
  readonly legacy: LegacyService;
  readonly lineage: LineageService;
  readonly context: ContextService;
  readonly imports: ImportService;
  readonly jobs: JobService;
  readonly changes: ChangeService;
  readonly grants: GrantService;
  readonly people: PeopleService;
  readonly sessions: SessionService;
  readonly signIns: SignInGuard;
  readonly keys: KeyService;
  readonly shares: ShareService;
  readonly shared: SharedService;
  readonly uploadLinks: UploadLinkService;
  readonly guestFiles: GuestFileService;
  readonly guests: GuestService;
  readonly quarantine: QuarantineService;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
}

export function createServices(dependencies: ServiceDependencies): Services {
  const uploads = createUploadService(dependencies);
  const signIns = createSignInGuard(dependencies);
  const resumable = createResumableService(dependencies, uploads);
  const collector = createCollector(dependencies);
  const verifier = createVerifier(dependencies);
  return {
    clients: createClientService(dependencies),
    campaigns: createCampaignService(dependencies),
    assets: createAssetService(dependencies),
    bulk: createBulkService(dependencies),
    versions: createVersionService(dependencies),
    trash: createTrashService(dependencies),
    collector,
    verifier,
    mover: createBlobMover(dependencies),
    examiner: createExaminer(dependencies, verifier),
    repairer: createRepairer(dependencies, { collector, resumable }),
    tags: createTagService(dependencies),
    collections: createCollectionService(dependencies),
    search: createSearchService(dependencies),
    texts: createTextService(dependencies),
    uploads,
    resumable,
    imports: createImportService(dependencies, uploads),
    renditions: createRenditionService(dependencies, createRenditionMaker(dependencies)),
    rights: createRightsService(dependencies),
    legacy: createLegacyService(dependencies),
    lineage: createLineageService(dependencies),
    context: createContextService(dependencies),
    jobs: createJobService(dependencies),
    changes: createChangeService(dependencies),
    grants: createGrantService(dependencies),
    people: createPeopleService(dependencies, signIns),
    sessions: createSessionService(dependencies),
    signIns,
    keys: createKeyService(dependencies),
    shares: createShareService(dependencies),
    shared: createSharedService(dependencies),
    uploadLinks: createUploadLinkService(dependencies),
    guestFiles: createGuestFileService(dependencies, uploads),
    guests: createGuestService(dependencies),
    quarantine: createQuarantineService(dependencies, uploads),
    audit: createAuditService(dependencies),
    idempotency: createIdempotencyService(dependencies),
  };
}

import type { Ids, Writers } from '@vitrine/core';
import { createJobRepository, type JobClaims } from '../jobs/job-repository.ts';
import { createAccessRepository } from './access-repository.ts';
import { createAssetRepository } from './asset-repository.ts';
import { createAttemptRepository } from './attempt-repository.ts';
import { createAuditRepository } from './audit-repository.ts';
import { createBlobRepository } from './blob-repository.ts';
import { createCampaignRepository } from './campaign-repository.ts';
import { createChangeRepository } from './change-repository.ts';
import { createClientRepository } from './client-repository.ts';
import { createCollectionRepository } from './collection-repository.ts';
import { createCollectorRepository } from './collector-repository.ts';
import { createContextRepository } from './context-repository.ts';
import { createExaminationRepository } from './examination-repository.ts';
import { createGrantRepository } from './grant-repository.ts';
import { createGuestFileRepository } from './guest-file-repository.ts';
import { createHealthRepository } from './health-repository.ts';
import { createIdempotencyRepository } from './idempotency-repository.ts';
import { createImportRepository } from './import-repository.ts';
import { createKeyRepository } from './key-repository.ts';
import { createLegacyRepository } from './legacy-repository.ts';
import { createLineageRepository } from './lineage-repository.ts';
import { createMoveRepository } from './move-repository.ts';
import { createPeopleRepository } from './people-repository.ts';
import { createQuarantineRepository } from './quarantine-repository.ts';
import { createRenditionRepository } from './rendition-repository.ts';
import type { RepositoryContext } from './repository-context.ts';
import { createRightsRepository } from './rights-repository.ts';
import { createSearchRepository } from './search-repository.ts';
import { createSessionRepository } from './session-repository.ts';
import { createShareRepository } from './share-repository.ts';
import { createTagRepository } from './tag-repository.ts';
import { createTrashRepository } from './trash-repository.ts';
import { createUploadLinkRepository } from './upload-link-repository.ts';
import { createUploadRepository } from './upload-repository.ts';
import { createUserRepository } from './user-repository.ts';
import { createVersionRepository } from './version-repository.ts';

/** Everything a use case may do, and what only the queue's workers do. */
export type Repositories = Writers & { readonly jobs: Writers['jobs'] & JobClaims };

/** All repositories on one handle. Whoever may only read is given them as `Readers`. */
export function createRepositories(context: RepositoryContext, ids: Pick<Ids, 'tag'>): Repositories {
  return {
    access: createAccessRepository(context),
    grants: createGrantRepository(context),
    clients: createClientRepository(context),
    campaigns: createCampaignRepository(context),
    assets: createAssetRepository(context, ids),
    tags: createTagRepository(context),
    collections: createCollectionRepository(context),
    search: createSearchRepository(context),
    blobs: createBlobRepository(context),
    collector: createCollectorRepository(context),
    health: createHealthRepository(context),
    examination: createExaminationRepository(context),
    moves: createMoveRepository(context),
    versions: createVersionRepository(context),
    trash: createTrashRepository(context),
    renditions: createRenditionRepository(context),
    rights: createRightsRepository(context),
    lineage: createLineageRepository(context),
    context: createContextRepository(context),
    changes: createChangeRepository(context),
    imports: createImportRepository(context),
    uploads: createUploadRepository(context),
    quarantine: createQuarantineRepository(context),
    legacy: createLegacyRepository(context),
    jobs: createJobRepository(context),
    idempotency: createIdempotencyRepository(context),
    users: createUserRepository(context),
    people: createPeopleRepository(context),
    attempts: createAttemptRepository(context),
    sessions: createSessionRepository(context),
    keys: createKeyRepository(context),
    shares: createShareRepository(context),
    uploadLinks: createUploadLinkRepository(context),
    guestFiles: createGuestFileRepository(context),
    audit: createAuditRepository(context),
  };
}

import type { Ids, JobReader, JobWriter, Writers } from '@vitrine/core';
import { createAssetRepository } from './asset-repository.ts';
import { createAuditRepository } from './audit-repository.ts';
import { createBlobRepository } from './blob-repository.ts';
import { createCampaignRepository } from './campaign-repository.ts';
import { createChangeRepository } from './change-repository.ts';
import { createClientRepository } from './client-repository.ts';
import { createRenditionRepository } from './rendition-repository.ts';
import type { RepositoryContext } from './repository-context.ts';
import { createTagRepository } from './tag-repository.ts';
import { createUserRepository } from './user-repository.ts';

/** All repositories on one handle. Whoever may only read is given them as `Readers`. */
export function createRepositories(
  context: RepositoryContext,
  { ids, jobs }: { readonly ids: Pick<Ids, 'tag'>; readonly jobs: JobReader & JobWriter },
): Writers {
  return {
    clients: createClientRepository(context),
    campaigns: createCampaignRepository(context),
    assets: createAssetRepository(context, ids),
    tags: createTagRepository(context),
    blobs: createBlobRepository(context),
    renditions: createRenditionRepository(context),
    changes: createChangeRepository(context),
    jobs,
    users: createUserRepository(context),
    audit: createAuditRepository(context),
  };
}

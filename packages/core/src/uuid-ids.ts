import {
  assetIdSchema,
  campaignIdSchema,
  clientIdSchema,
  collectionIdSchema,
  guestFileIdSchema,
  importIdSchema,
  jobIdSchema,
  shareIdSchema,
  tagIdSchema,
  uploadIdSchema,
  uploadLinkIdSchema,
} from '@vitrine/schema';
import { v7 } from 'uuid';
import type { Ids } from './ports/ids.ts';

/** Real ids. */
export const uuidIds: Ids = {
  client: () => clientIdSchema.parse(v7()),
  campaign: () => campaignIdSchema.parse(v7()),
  asset: () => assetIdSchema.parse(v7()),
  import: () => importIdSchema.parse(v7()),
  upload: () => uploadIdSchema.parse(v7()),
  job: () => jobIdSchema.parse(v7()),
  tag: () => tagIdSchema.parse(v7()),
  collection: () => collectionIdSchema.parse(v7()),
  share: () => shareIdSchema.parse(v7()),
  uploadLink: () => uploadLinkIdSchema.parse(v7()),
  guestFile: () => guestFileIdSchema.parse(v7()),
};

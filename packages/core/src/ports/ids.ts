import type {
  AssetId,
  CampaignId,
  ClientId,
  CollectionId,
  GuestFileId,
  ImportId,
  JobId,
  ShareId,
  TagId,
  UploadId,
  UploadLinkId,
} from '@vitrine/schema';

/** Where ids come from: version 7 UUIDs, so that newer rows sort behind older ones. */
export interface Ids {
  client(): ClientId;
  campaign(): CampaignId;
  asset(): AssetId;
  import(): ImportId;
  upload(): UploadId;
  job(): JobId;
  tag(): TagId;
  collection(): CollectionId;
  share(): ShareId;
  uploadLink(): UploadLinkId;
  guestFile(): GuestFileId;
}

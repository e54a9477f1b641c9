import { z } from 'zod';

/** Every id is a UUID in lower case; the application makes them (version 7, so they sort by time). */
const uuid = () =>
  z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID');

// A brand makes an asset's id unusable where a client's is wanted. Inputs stay plain strings: the brand is
// given by parsing, so nobody who calls the API has to cast.
export const clientIdSchema = uuid().brand<'ClientId'>();
export type ClientId = z.output<typeof clientIdSchema>;

export const campaignIdSchema = uuid().brand<'CampaignId'>();
export type CampaignId = z.output<typeof campaignIdSchema>;

export const assetIdSchema = uuid().brand<'AssetId'>();
export type AssetId = z.output<typeof assetIdSchema>;

export const tagIdSchema = uuid().brand<'TagId'>();
export type TagId = z.output<typeof tagIdSchema>;

export const jobIdSchema = uuid().brand<'JobId'>();
export type JobId = z.output<typeof jobIdSchema>;

export const collectionIdSchema = uuid().brand<'CollectionId'>();
export type CollectionId = z.output<typeof collectionIdSchema>;

export const uploadIdSchema = uuid().brand<'UploadId'>();
export type UploadId = z.output<typeof uploadIdSchema>;

export const importIdSchema = uuid().brand<'ImportId'>();
export type ImportId = z.output<typeof importIdSchema>;

export const shareIdSchema = uuid().brand<'ShareId'>();
export type ShareId = z.output<typeof shareIdSchema>;

export const uploadLinkIdSchema = uuid().brand<'UploadLinkId'>();
export type UploadLinkId = z.output<typeof uploadLinkIdSchema>;

export const guestFileIdSchema = uuid().brand<'GuestFileId'>();
export type GuestFileId = z.output<typeof guestFileIdSchema>;

export const quarantinedFileIdSchema = uuid().brand<'QuarantinedFileId'>();
export type QuarantinedFileId = z.output<typeof quarantinedFileIdSchema>;

/** Users are made by the identity library, whose ids are opaque strings. */
export const userIdSchema = z.string().min(1).max(64).brand<'UserId'>();
export type UserId = z.output<typeof userIdSchema>;

/** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')
  .brand<'Sha256'>();
export type Sha256 = z.output<typeof sha256Schema>;

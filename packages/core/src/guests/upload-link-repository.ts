import type { CampaignId, ClientId, Person, Sha256, UploadLinkId, UserId } from '@vitrine/schema';

/** What may be changed of a link. */
export interface UploadLinkSettings {
  readonly name: string;
  readonly message: string | null;
  /** Null: none is asked for. */
  readonly passwordHash: string | null;
  /** Of all files together. */
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** A link as the library knows it. Times in milliseconds. */
export interface UploadLinkRecord extends UploadLinkSettings {
  readonly id: UploadLinkId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId;
  readonly createdBy: Person;
  /** Of all that came, whatever was decided about it. */
  readonly usedBytes: number;
  readonly usedFiles: number;
  readonly waitingFiles: number;
  readonly revokedAt: number | null;
  readonly createdAt: number;
}

export interface NewUploadLink extends UploadLinkSettings {
  readonly id: UploadLinkId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId;
  readonly userId: UserId;
  readonly tokenHash: Sha256;
  readonly at: number;
}

export interface UploadLinkReader {
  find(id: UploadLinkId): Promise<UploadLinkRecord | null>;
  findByToken(tokenHash: Sha256): Promise<UploadLinkRecord | null>;
  /** The newest first. */
  list(campaignId: CampaignId): Promise<UploadLinkRecord[]>;
}

export interface UploadLinkWriter {
  /** Nobody else counts or changes what came through it until the transaction ends. */
  lock(id: UploadLinkId): Promise<void>;
  insert(link: NewUploadLink): Promise<void>;
  update(id: UploadLinkId, settings: UploadLinkSettings): Promise<void>;
  /** False when it was revoked before. */
  revoke(id: UploadLinkId, at: number): Promise<boolean>;
  /** Removes the links of a campaign that is about to be deleted, with all that is told of what came through them. */
  forget(campaignId: CampaignId): Promise<void>;
}

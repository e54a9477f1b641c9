import type {
  AssetId,
  CampaignId,
  ClientId,
  GuestFileId,
  GuestFilePosition,
  GuestFileState,
  Sha256,
  UploadLinkId,
  UserId,
} from '@vitrine/schema';
import type { BlobStoreName } from '../ports/blob-store.ts';
import type { BlobDamage } from '../uploads/blob-repository.ts';

/** A file that a guest sent. Times in milliseconds. */
export interface GuestFileRecord {
  readonly id: GuestFileId;
  readonly linkId: UploadLinkId;
  readonly linkName: string;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId;
  readonly sender: string;
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  readonly state: GuestFileState;
  /** Where its bytes are; null once it was refused. */
  readonly blob: {
    readonly sha256: Sha256;
    readonly store: BlobStoreName;
    /** What is known to be wrong with the bytes. */
    readonly damage: BlobDamage | null;
  } | null;
  readonly assetId: AssetId | null;
  readonly createdAt: number;
  readonly decidedAt: number | null;
}

export interface NewGuestFile {
  readonly id: GuestFileId;
  readonly linkId: UploadLinkId;
  readonly sender: string;
  readonly fileName: string;
  readonly sha256: Sha256;
  readonly size: number;
  readonly at: number;
}

export interface GuestFileReader {
  find(id: GuestFileId): Promise<GuestFileRecord | null>;
  /** Those that wait first, then the newest first. */
  list(query: {
    readonly clientId: ClientId;
    readonly campaignId?: CampaignId | undefined;
    readonly after?: GuestFilePosition | undefined;
    readonly limit: number;
  }): Promise<GuestFileRecord[]>;
}

export interface GuestFileWriter {
  insert(file: NewGuestFile): Promise<void>;
  /** With the asset it became, or null: refused, which lets go of the bytes. False when somebody decided before. */
  decide(decision: {
    readonly id: GuestFileId;
    readonly assetId: AssetId | null;
    readonly by: UserId;
    readonly at: number;
  }): Promise<boolean>;
  /** An asset is being deleted for good: nothing holds on to the bytes it was made of. */
  forgetAsset(id: AssetId): Promise<void>;
}

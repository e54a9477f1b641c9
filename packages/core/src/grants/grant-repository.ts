import type {
  AssetId,
  CampaignId,
  ClientId,
  ExceptionRole,
  Grant,
  GrantRole,
  Person,
  UserId,
} from '@vitrine/schema';

/** What a grant is about, and whose it is. */
export type GrantKey = { readonly userId: UserId; readonly clientId: ClientId } & (
  | { readonly kind: 'client' }
  | { readonly kind: 'campaign'; readonly campaignId: CampaignId }
  | { readonly kind: 'asset'; readonly assetId: AssetId }
);

/** Somebody's role at a client, or what a campaign or asset of it says instead. */
export type GivenRole =
  | (GrantKey & { readonly kind: 'client'; readonly role: GrantRole })
  | (GrantKey & { readonly kind: 'campaign' | 'asset'; readonly role: ExceptionRole });

export interface Hiding {
  readonly assetId: AssetId;
  readonly clientId: ClientId;
  /** Where the asset is. */
  readonly campaignId: CampaignId | null;
  /** Milliseconds; null: until somebody shows it. */
  readonly until: number | null;
}

export interface GrantReader {
  /** Of a client with its campaigns and assets: by kind (the client's own first), then by the person's e-mail address. */
  list(clientId: ClientId): Promise<Grant[]>;
  find(key: GrantKey): Promise<Grant | null>;
  /** Every member whose account may be used, by e-mail address. */
  people(): Promise<Person[]>;
  hiding(id: AssetId): Promise<Hiding | null>;
}

export interface GrantWriter {
  /** Replaces what was given for the same before. */
  put(grant: GivenRole & { readonly grantedBy: UserId; readonly at: number }): Promise<void>;
  /** False when there was none. */
  remove(key: GrantKey): Promise<boolean>;
  hide(
    hiding: Omit<Hiding, 'campaignId'> & { readonly hiddenBy: UserId; readonly at: number },
  ): Promise<void>;
  show(id: AssetId): Promise<boolean>;
}

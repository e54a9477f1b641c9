import type { CampaignCreateInput, ClientCreateInput } from '@vitrine/schema';

export interface SampleAsset {
  /** The file. */
  readonly path: string;
  readonly name: string;
  /** Which of the client's campaigns it belongs to; null for the client's own. */
  readonly campaign: number | null;
  /** Free tags and role names. */
  readonly tags: readonly string[];
}

export interface SampleCampaign {
  readonly input: Omit<CampaignCreateInput, 'clientId'>;
}

export interface SampleClient {
  readonly input: ClientCreateInput;
  readonly campaigns: readonly SampleCampaign[];
  /** The one to be seen first stands first. */
  readonly assets: readonly SampleAsset[];
}

/** An agency's work: three clients, five campaigns and about sixty files. */
export interface SampleLibrary {
  readonly clients: readonly SampleClient[];
}

import {
  type CampaignId,
  type ClientId,
  type LegacyNote,
  type UserId,
  unassignedClientId,
} from '@vitrine/schema';
import { idOfLegacy } from './legacy-id.ts';
import type { LegacyRun } from './legacy-run.ts';
import { note } from './note.ts';

/** Whose a row is: its user, or the owner where that one is missing. */
export function userOf(
  { known, ownerId }: LegacyRun,
  key: string | null,
): { id: UserId; notes: LegacyNote[] } {
  const id = key === null ? undefined : known.users.get(key);
  if (id) return { id, notes: [] };
  const words = key === null ? 'it had no user' : `there is no user '${key}'`;
  return {
    id: ownerId,
    notes: [
      note('owner_missing', `${words}; it belongs to the owner`, {
        field: 'user_id',
        old: key,
        new: ownerId,
      }),
    ],
  };
}

export function clientOf({ known }: LegacyRun, key: string | null) {
  return key === null ? undefined : known.clients.get(idOfLegacy('clients', key));
}

function campaignOf({ known }: LegacyRun, key: string | null) {
  return key === null ? undefined : known.campaigns.get(idOfLegacy('campaigns', key));
}

export interface LegacyPlace {
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly notes: readonly LegacyNote[];
}

const missing = (what: string, key: string | null) =>
  key === null ? `it had no ${what}` : `there is no ${what} '${key}'`;

/**
 * Where an asset goes. One without a client goes to its campaign's, or else to the client that keeps what came without one; one whose
 * campaign is unknown or another client's keeps its client and loses the campaign.
 */
export function placeOf(
  run: LegacyRun,
  { clientKey, campaignKey }: { readonly clientKey: string | null; readonly campaignKey: string | null },
): LegacyPlace {
  const client = clientOf(run, clientKey);
  const campaign = campaignOf(run, campaignKey);
  const noCampaign = () =>
    note('campaign_missing', `there is no campaign '${campaignKey}'; the asset is its client's own`, {
      field: 'campaign_id',
      old: campaignKey,
    });
  if (client) {
    const of = { clientId: client.id };
    if (campaignKey === null) return { ...of, campaignId: null, notes: [] };
    if (!campaign) return { ...of, campaignId: null, notes: [noCampaign()] };
    if (campaign.clientId === client.id) return { ...of, campaignId: campaign.id, notes: [] };
    const words = `the campaign '${campaignKey}' is another client's; the asset keeps its client`;
    const said = note('campaign_of_other_client', words, { field: 'campaign_id', old: campaignKey });
    return { ...of, campaignId: null, notes: [said] };
  }
  const of = { field: 'client_id', old: clientKey };
  if (campaign) {
    const words = `${missing('client', clientKey)}; it went to the client of its campaign`;
    const notes = [note('client_missing', words, { ...of, new: campaign.clientId })];
    return { clientId: campaign.clientId, campaignId: campaign.id, notes };
  }
  const words = `${missing('client', clientKey)}; it waits at the client 'Unassigned'`;
  return {
    clientId: unassignedClientId,
    campaignId: null,
    notes: [
      note('client_missing', words, { ...of, new: unassignedClientId }),
      ...(campaignKey === null ? [] : [noCampaign()]),
    ],
  };
}

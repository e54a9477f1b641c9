import { linkOptions } from '@tanstack/react-router';
import type { Asset } from '@vitrine/schema';
import type { AssetPageSearch } from '../asset-search.ts';

/** The way back to the grid that an asset was opened from, with its filters; to its client's grid when it came from elsewhere. */
export function gridLink(asset: Asset, { from, campaign, order, ...search }: AssetPageSearch) {
  if (from === 'search') return linkOptions({ to: '/search', search: { q: search.q, order } });
  return from === 'campaign' && campaign
    ? linkOptions({
        to: '/clients/$clientId/campaigns/$campaignId',
        params: { clientId: asset.clientId, campaignId: campaign },
        search,
      })
    : linkOptions({ to: '/clients/$clientId', params: { clientId: asset.clientId }, search });
}

import type { CampaignId } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import type { Writers } from '../ports/database.ts';
import { uploadLinkState } from './present-upload-link.ts';

/**
 * Before a campaign is deleted: links that have ended are forgotten with it, and all that came through them, of which the audit log tells.
 * Fails with `in_use` while one works or a file waits that came through one.
 */
export async function assertNothingAwaited(
  writers: Writers,
  campaignId: CampaignId,
  at: number,
): Promise<void> {
  const links = await writers.uploadLinks.list(campaignId);
  for (const { id } of links) await writers.uploadLinks.lock(id);
  for (const link of await writers.uploadLinks.list(campaignId)) {
    if (uploadLinkState(link, at) === 'active') {
      throw new AppError('in_use', 'Guests can send files for this campaign. Revoke its upload links first.');
    }
    if (link.waitingFiles > 0) {
      throw new AppError('in_use', 'Files of guests wait for this campaign. Accept or refuse them first.');
    }
  }
  await writers.uploadLinks.forget(campaignId);
}

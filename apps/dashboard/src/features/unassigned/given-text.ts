import type { BulkAnswer, BulkReason } from '@vitrine/schema';
import { countOf } from '../../lib/count-of.ts';

const why: Record<BulkReason, string> = {
  not_found: 'not there any more',
  role_of_another_kind: 'of another kind',
  too_many_tags: 'with too many tags',
  campaign_of_another_client: 'in a campaign of another client',
  asset_of_another_client: 'given to a client meanwhile',
  linked_assets: 'made of other assets or with others made of them',
  edited_meanwhile: 'edited meanwhile',
};

/** What became of assets that were given to a client, in words. */
export function givenText(
  { changed, unchanged, skipped, reasons }: Pick<BulkAnswer, 'changed' | 'unchanged' | 'skipped' | 'reasons'>,
  clientName: string,
): string {
  const given = `${countOf(changed + unchanged, 'asset')} given to ${clientName}.`;
  if (skipped === 0) return given;
  const parts = reasons.map(({ reason, count }) => `${count} ${why[reason]}`);
  return `${given} ${countOf(skipped, 'asset')} left as ${skipped === 1 ? 'it was' : 'they were'}: ${parts.join(', ')}.`;
}

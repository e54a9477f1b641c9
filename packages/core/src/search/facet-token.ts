import type {
  AssetFormat,
  AssetType,
  CampaignId,
  ClientId,
  Role,
  SearchablePart,
  SearchComparison,
} from '@vitrine/schema';

const plain = (id: string) => id.replaceAll(/[-_]/g, '');
/** The power of two at or below; 0 for what is smaller than 2. */
const magnitude = (value: number) => (value < 2 ? 0 : Math.floor(Math.log2(value)));
const largestMagnitude = 53;

/**
 * Facts of an asset as words of the search index. `_` stands in no word that a text has, so none of these is found by
 * typing it. Ids and not names: renaming a client, campaign or tag changes nothing here.
 */
export const facetToken = {
  /** What every asset has. */
  any: '_a',
  kind: (kind: AssetType) => `_t${kind}`,
  format: (format: AssetFormat) => `_f${format}`,
  client: (id: ClientId) => `_c${plain(id)}`,
  campaign: (id: CampaignId) => `_k${plain(id)}`,
  role: (role: Role) => `_r${plain(role)}`,
  tag: (id: string) => `_g${plain(id)}`,
  has: (part: SearchablePart) => `_h${part}`,
  /** The order of magnitude, which finds the candidates of a comparison. */
  size: (bytes: number) => `_s${magnitude(bytes)}`,
  duration: (ms: number) => `_d${magnitude(ms)}`,
} as const;

/** One value of each magnitude that holds values for which the comparison holds. */
export function candidatesOf(comparison: SearchComparison, value: number): number[] {
  const above = comparison === '>' || comparison === '>=';
  const [from, to] = above ? [magnitude(value), largestMagnitude] : [0, magnitude(value)];
  return Array.from({ length: to - from + 1 }, (_, index) => 2 ** (from + index));
}

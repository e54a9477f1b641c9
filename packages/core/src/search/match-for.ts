import {
  type AssetType,
  type CampaignId,
  type ClientId,
  parseSearch,
  type SearchHint,
} from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import { visibilityOf } from '../assets/visibility-of.ts';
import type { Readers } from '../ports/database.ts';
import { facetToken } from './facet-token.ts';
import { namesNeeded, resolveSearch } from './resolve-search.ts';
import type { SearchClause, SearchMatch } from './search-match.ts';

export interface SearchText {
  readonly query: string;
  readonly clientId?: ClientId | undefined;
  readonly campaignId?: CampaignId | undefined;
  readonly type?: AssetType | undefined;
  /** All of them, roles and free tags. */
  readonly tags?: readonly string[] | undefined;
}

/** Of more clients than these a member's search is restricted by the rows alone. */
const mostOwnClients = 300;

const only = (token: string): SearchClause => ({ negated: false, anyOf: [{ kind: 'facet', token }] });

/**
 * What a query asks for, of what the actor may see. Fails with `not_found` for a client or campaign that it may not see, whatever
 * the query says; names in the query are looked up among those it may see.
 */
export async function matchFor(
  readers: Readers,
  actor: Actor,
  text: SearchText,
): Promise<SearchMatch & { readonly hints: readonly SearchHint[] }> {
  const { clientId, campaignId, type, tags = [] } = text;
  const visibility = await visibilityOf(readers, actor, text);
  const { terms, hints } = parseSearch(text.query);
  const all = [...terms, ...tags.map((name) => ({ is: 'tag', name, negated: false }) as const)];
  const kinds = namesNeeded(all);
  const names = await readers.search.names({ visibility, kinds, ...(clientId && { clientId }) });
  const { clauses, bounds } = resolveSearch(all, names);
  return {
    visibility,
    hints,
    bounds,
    clauses: [
      ...clauses,
      ...(await ownClients(readers, text, visibility)),
      ...(clientId ? [only(facetToken.client(clientId))] : []),
      ...(campaignId ? [only(facetToken.campaign(campaignId))] : []),
      ...(type ? [only(facetToken.kind(type))] : []),
    ],
  };
}

/** The rows' own condition decides what a member sees; this one keeps the search from walking through everybody's. */
async function ownClients(
  readers: Readers,
  { clientId, campaignId }: SearchText,
  visibility: SearchMatch['visibility'],
): Promise<SearchClause[]> {
  if (visibility.kind === 'all' || clientId || campaignId) return [];
  const own = await readers.search.names({ visibility, kinds: ['client'] });
  if (own.length > mostOwnClients) return [];
  const tokens = own.flatMap((name) => (name.kind === 'client' ? facetToken.client(name.id) : []));
  return [{ negated: false, anyOf: tokens.map((token) => ({ kind: 'facet', token })) }];
}

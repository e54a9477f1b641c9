import type { AssetFacets, CampaignId, ClientId } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import type { Readers } from '../ports/database.ts';
import { matchFor } from './match-for.ts';
import type { SampleCounts, SearchCounts, SearchName } from './search-repository.ts';

/** So many of the newest matches are counted; more of them than that, and the counts are said not to be exact. */
const mostCounted = 1000;
/** Of each facet. */
const mostValues = 50;

interface Wanted {
  readonly query: string;
  readonly clientId?: ClientId | undefined;
  readonly campaignId?: CampaignId | undefined;
}

type Named<K extends SearchName['kind']> = Extract<SearchName, { kind: K }>;

/** Values with the names that belong to them. */
function named<K extends SearchName['kind'], R>(
  counts: readonly { readonly value: string; readonly count: number }[],
  names: readonly Named<K>[],
  make: (name: Named<K>, count: number) => R,
): R[] {
  const byId = new Map<string, Named<K>>(names.map((name) => [name.id, name]));
  return counts.slice(0, mostValues).flatMap(({ value, count }) => {
    const name = byId.get(value);
    return name ? [make(name, count)] : [];
  });
}

const isKind =
  <K extends SearchName['kind']>(kind: K) =>
  (name: SearchName): name is Named<K> =>
    name.kind === kind;

/**
 * Counts matches by kind, format, client, campaign, role and tag. Without a query, kinds and places come from counters and are exact
 * whatever the library's size; everything else is counted among the newest matches.
 */
export async function countFacets(readers: Readers, actor: Actor, wanted: Wanted): Promise<AssetFacets> {
  const { hints, ...match } = await matchFor(readers, actor, wanted);
  const { clientId, campaignId } = wanted;
  const { visibility } = match;
  const { total, ...sample } = await readers.search.sample({ ...match, limit: mostCounted + 1 });
  const exact = total <= mostCounted;
  const tellsCounters = visibility.kind === 'all' || visibility.whole;
  const everything = tellsCounters && match.bounds.length === 0 && wanted.query.trim() === '';
  const counted: SearchCounts | null = everything
    ? await readers.search.counted({
        visibility,
        ...(clientId && { clientId }),
        ...(campaignId && { campaignId }),
      })
    : null;
  const counts: SampleCounts = { ...sample, ...counted };
  const names = await readers.search.names({
    visibility,
    kinds: ['client', 'campaign', 'tag'],
    ...(clientId && { clientId }),
  });
  const sum = counts.kinds.reduce((all, { count }) => all + count, 0);
  const places = counted !== null || exact;
  return {
    total: { count: counted ? sum : Math.min(total, mostCounted), exact: places },
    kinds: { exact: places, values: counts.kinds.map(({ value, count }) => ({ kind: value, count })) },
    formats: { exact, values: counts.formats.map(({ value, count }) => ({ format: value, count })) },
    clients: {
      exact: places,
      values: named(counts.clients, names.filter(isKind('client')), ({ id, name }, count) => ({
        id,
        name,
        count,
      })),
    },
    campaigns: {
      exact: places,
      values: named(
        counts.campaigns,
        names.filter(isKind('campaign')),
        ({ kind: _kind, ...name }, count) => ({
          ...name,
          count,
        }),
      ),
    },
    roles: { exact, values: counts.roles.map(({ value, count }) => ({ role: value, count })) },
    tags: {
      exact,
      values: named(counts.tags, names.filter(isKind('tag')), ({ kind: _kind, ...name }, count) => ({
        ...name,
        count,
      })),
    },
    hints: [...hints],
  };
}

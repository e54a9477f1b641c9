import {
  fold,
  parseSearch,
  type SearchComparison,
  type SearchTerm,
  tagKey,
  tokensOf,
  type UserId,
} from '@vitrine/schema';
import type { Corpus, CorpusAsset, CorpusClient } from './search-corpus.ts';

const compare = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
} as const satisfies Record<SearchComparison, (a: number, b: number) => boolean>;

const kept = new Map<string, string>();

function tokenText(text: string): string {
  const known = kept.get(text) ?? ` ${tokensOf(text).join(' ')} `;
  kept.set(text, known);
  return known;
}

/** Phrases as text, which is another road than SQLite's index takes. */
function says(text: string, words: readonly string[], open: boolean): boolean {
  return tokenText(text).includes(` ${words.join(' ')}${open ? '' : ' '}`);
}

const key = (name: string) => tokensOf(name).join(' ') || fold(name);

/** Looks at every asset and asks of it what the grammar's table says: the searches' oracle. */
export function naiveSearch(corpus: Corpus, query: string, visibleTo: UserId | null): CorpusAsset[] {
  const clients = corpus.clients.filter(({ userId }) => visibleTo === null || userId === visibleTo);
  const visible = corpus.assets.filter(({ clientId }) => clients.some(({ id }) => id === clientId));
  const allTags = new Set(visible.flatMap(({ tags }) => [...tags]));
  const { terms } = parseSearch(query);

  function holds(asset: CorpusAsset, client: CorpusClient, term: SearchTerm): boolean {
    const campaign = client.campaigns.find(({ id }) => id === asset.campaignId);
    const duration = 'durationMs' in asset.facts ? asset.facts.durationMs : null;
    switch (term.is) {
      case 'text': {
        const words = tokensOf(term.text);
        const labels = `${asset.roles.join(' ')} ${asset.path ?? ''}`;
        const texts = [
          asset.name,
          labels,
          asset.text ?? '',
          client.name,
          campaign?.name ?? '',
          ...asset.tags,
        ];
        return texts.some((text) => says(text, words, !term.quoted));
      }
      case 'kind':
        return asset.facts.type === term.kind;
      case 'format':
        return asset.facts.format === term.format;
      case 'tag': {
        const exactly = [...allTags].some((tag) => tagKey(tag) === tagKey(term.name));
        return (
          asset.roles.some((role) => key(role) === key(term.name)) ||
          asset.tags.some((tag) =>
            exactly ? tagKey(tag) === tagKey(term.name) : key(tag) === key(term.name),
          )
        );
      }
      case 'client':
        return client.id === term.name.toLowerCase() || key(client.name).startsWith(key(term.name));
      case 'campaign':
        return (
          campaign !== undefined &&
          (campaign.id === term.name.toLowerCase() || key(campaign.name).startsWith(key(term.name)))
        );
      case 'size':
        return compare[term.comparison](asset.size, term.bytes);
      case 'duration':
        return duration !== null && compare[term.comparison](duration, term.ms);
      case 'after':
        return asset.at >= term.at;
      case 'before':
        return asset.at < term.at;
      case 'has':
        return { tag: asset.tags.length > 0, role: asset.roles.length > 0, campaign: campaign !== undefined }[
          term.part
        ];
      default:
        return term satisfies never;
    }
  }

  const ofSame = (is: SearchTerm['is']) => terms.filter((term) => term.is === is && !term.negated);
  const grouped = ['kind', 'format', 'client', 'campaign'] as const;
  return visible
    .filter((asset) => {
      const client = clients.find(({ id }) => id === asset.clientId);
      if (!client) return false;
      return (
        terms
          .filter(({ is, negated }) => negated || !grouped.some((one) => one === is))
          .every((term) => holds(asset, client, term) !== term.negated) &&
        grouped.every(
          (is) => ofSame(is).length === 0 || ofSame(is).some((term) => holds(asset, client, term)),
        )
      );
    })
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

import type { AssetFacets, SearchCondition } from '@vitrine/schema';
import { kindNames } from '../../assets/kind-names.ts';
import { roleNames } from '../../assets/role-names.ts';
import { hasTerm } from '../toggle-term.ts';
import { FacetList, type FacetValue } from './facet-list.tsx';

interface SearchFacetsProps {
  query: string;
  facets: AssetFacets;
  onToggle: (condition: SearchCondition) => void;
}

/** Everything that a search can be narrowed by, with how many matches each has. */
export function SearchFacets({ query, facets, onToggle }: SearchFacetsProps) {
  const value = (condition: SearchCondition, label: string, count: number): FacetValue => ({
    condition,
    label,
    count,
    isOn: hasTerm(query, condition),
  });
  const { kinds, formats, clients, campaigns, roles, tags } = facets;
  const lists = [
    {
      title: 'Kind',
      isExact: kinds.exact,
      values: kinds.values.map(({ kind, count }) =>
        value({ is: 'kind', kind }, kindNames[kind].filter, count),
      ),
    },
    {
      title: 'Client',
      isExact: clients.exact,
      values: clients.values.map(({ name, count }) => value({ is: 'client', name }, name, count)),
    },
    {
      title: 'Campaign',
      isExact: campaigns.exact,
      values: campaigns.values.map(({ name, count }) => value({ is: 'campaign', name }, name, count)),
    },
    {
      title: 'Role',
      isExact: roles.exact,
      values: roles.values.map(({ role, count }) => value({ is: 'tag', name: role }, roleNames[role], count)),
    },
    {
      title: 'Tag',
      isExact: tags.exact,
      values: tags.values.map(({ name, count }) => value({ is: 'tag', name }, name, count)),
    },
    {
      title: 'Format',
      isExact: formats.exact,
      values: formats.values.map(({ format, count }) =>
        value({ is: 'format', format }, format.toUpperCase(), count),
      ),
    },
  ];
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-5 sm:grid-cols-3 lg:grid-cols-1">
      {lists.map((list) => (
        <FacetList key={list.title} {...list} onToggle={onToggle} />
      ))}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { assetTypes, type RoleOf, roleTable, type Stats } from '@vitrine/schema';
import type { Ref } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { type Segment, Segmented } from '../../../components/ui/segmented.tsx';
import { Select } from '../../../components/ui/select.tsx';
import type { AssetSearch } from '../asset-search.ts';
import { kindNames } from '../kind-names.ts';
import { roleNames } from '../role-names.ts';

interface AssetFiltersProps {
  clientId: string;
  search: AssetSearch;
  /** How many of each kind there are, once known. */
  stats: Stats | undefined;
  onChange: (search: AssetSearch) => void;
  searchRef: Ref<HTMLInputElement>;
}

const anyTag = '';
const visualAndAudioRoles: readonly RoleOf<'image' | 'audio'>[] = [...roleTable.image, ...roleTable.audio];

/** Narrows the grid by kind, tag and words. */
export function AssetFilters({ clientId, search, stats, onChange, searchRef }: AssetFiltersProps) {
  const tags = useQuery(trpc.tag.list.queryOptions({ clientId }));
  const kinds: readonly Segment<'all' | (typeof assetTypes)[number]>[] = [
    { id: 'all', label: 'All', figure: stats?.count.toLocaleString('en') },
    ...assetTypes.map((type) => ({
      id: type,
      label: kindNames[type].filter,
      figure: stats?.byType[type].count.toLocaleString('en'),
    })),
  ];
  const options = [
    { id: anyTag, label: 'Any tag' },
    ...(tags.data ?? []).map(({ name, assetCount }) => ({ id: name, label: name, note: String(assetCount) })),
    ...visualAndAudioRoles.map((role) => ({ id: role, label: roleNames[role], note: 'role' })),
  ];
  // A tag from the address that nothing carries any more still shows what the grid is narrowed by.
  const isKnown = !search.tag || options.some(({ id }) => id === search.tag);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2.5">
      <div className="-mx-4 max-w-[100vw] overflow-x-auto px-4 [scrollbar-width:none] sm:mx-0 sm:px-0">
        <Segmented
          label="Kind"
          segments={kinds}
          value={search.type ?? 'all'}
          onChange={(kind) => onChange({ ...search, type: kind === 'all' ? undefined : kind })}
        />
      </div>
      <div className="flex min-w-0 flex-1 basis-72 items-center gap-3 sm:justify-end">
        <div className="w-36 sm:w-44">
          <Select
            label="Tag"
            labelHidden
            options={isKnown ? options : [...options, { id: search.tag ?? anyTag, label: search.tag ?? '' }]}
            value={search.tag ?? anyTag}
            onChange={(tag) => onChange({ ...search, tag: tag || undefined })}
          />
        </div>
        <div className="min-w-0 flex-1 sm:max-w-64">
          <SearchField
            label="Search assets"
            placeholder="Search"
            value={search.q ?? ''}
            onSearch={(q) => onChange({ ...search, q: q || undefined })}
            inputRef={searchRef}
          />
        </div>
      </div>
    </div>
  );
}

import { assetTypes, type Stats } from '@vitrine/schema';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { kindIcons } from '../../assets/kind-icons.ts';
import { kindNames } from '../../assets/kind-names.ts';

/** How much there is of each kind; kinds without assets are left out. */
export function KindCounts({ stats }: { stats: Stats }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-3.5 gap-y-1 text-soft text-sm tabular">
      {assetTypes
        .filter((type) => stats.byType[type].count > 0)
        .map((type) => {
          const { count, bytes } = stats.byType[type];
          const Icon = kindIcons[type];
          const { one, many } = kindNames[type];
          const label = `${count} ${count === 1 ? one : many}, ${formatBytes(bytes)}`;
          return (
            <li key={type} data-kind={type} title={label} className="flex items-center gap-1.5">
              <Icon size={15} aria-hidden className="text-(--kind)" />
              <span className="sr-only">{label}</span>
              <span aria-hidden>{count.toLocaleString('en')}</span>
            </li>
          );
        })}
    </ul>
  );
}

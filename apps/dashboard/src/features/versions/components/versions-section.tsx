import type { Asset } from '@vitrine/schema';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useVersions } from '../api/use-versions.ts';
import { VersionRow } from './version-row.tsx';

/** What an asset was: each version with who, when and why, and a way back. */
export function VersionsSection({ asset, isReadOnly }: { asset: Asset; isReadOnly: boolean }) {
  const { versions, restore } = useVersions(asset);
  return (
    <section className="border-line border-b px-5 py-5">
      <h2 className="mb-3 font-semibold text-sm tracking-normal">Versions</h2>
      {versions.isPending && <Skeleton className="h-14 rounded-lg" />}
      <ol className="grid gap-3">
        {versions.data?.map((version) => (
          <VersionRow
            key={version.number}
            version={version}
            isBusy={restore.isPending}
            {...(!isReadOnly &&
              !version.current && {
                onRestore: () =>
                  restore.mutate({ id: asset.id, version: version.number, rowVersion: asset.rowVersion }),
              })}
          />
        ))}
      </ol>
    </section>
  );
}

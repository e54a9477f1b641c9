import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { clientIdSchema, type TrashedAsset } from '@vitrine/schema';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useTitle } from '../../../lib/use-title.ts';
import { useTrashActions, useTrashList } from '../api/use-trash.ts';
import { EmptyTrash } from './empty-trash.tsx';
import { PurgeDialog } from './purge-dialog.tsx';
import { TrashRow } from './trash-row.tsx';

const route = getRouteApi('/shell/trash');
const everybody = '';

/** What was moved to the trash, and how it comes back. */
export function TrashPage() {
  useTitle('Trash');
  const { client: clientId } = route.useSearch();
  const navigate = useNavigate();
  const [purged, setPurged] = useState<TrashedAsset | null>(null);
  const clients = useQuery(trpc.client.list.queryOptions({ archived: true }));
  const list = useTrashList(clientId);
  const { restore, purge, empty } = useTrashActions();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = clients.data?.find(({ id }) => id === clientId);
  if (list.error) return <ErrorNotice isPage error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-6 pb-28 sm:px-8 sm:pt-9">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Trash</h1>
          <p className="mt-1 text-soft text-sm">
            What lies here is in no list, and its files open for nobody.
          </p>
        </div>
        <div className="flex items-end gap-2">
          <div className="w-52">
            <Select
              label="Client"
              labelHidden
              options={[
                { id: everybody, label: 'Every client' },
                ...(clients.data ?? []).map(({ id, name }) => ({ id: String(id), label: name })),
              ]}
              value={clientId ?? everybody}
              onChange={(id) =>
                void navigate({
                  to: '/trash',
                  search: { client: id === everybody ? undefined : clientIdSchema.parse(id) },
                  replace: true,
                })
              }
            />
          </div>
          {chosen && items.length > 0 && (
            <EmptyTrash
              client={chosen}
              isPending={empty.isPending}
              onEmpty={() => empty.mutateAsync({ clientId: chosen.id })}
            />
          )}
        </div>
      </div>
      {list.isPending && <Skeleton className="mt-6 h-40 rounded-2xl" />}
      {list.data && items.length === 0 && (
        <Notice icon={<Trash2 size={26} aria-hidden />} title="The trash is empty">
          Assets that you move to the trash stay here for a while, and can be restored with everything that
          belonged to them.
        </Notice>
      )}
      <ul aria-label="Assets in the trash" className="mt-6 grid gap-2">
        {items.map((asset) => (
          <TrashRow
            key={asset.id}
            asset={asset}
            client={clients.data?.find(({ id }) => id === asset.clientId)}
            isBusy={restore.isPending || purge.isPending || empty.isPending}
            onRestore={() => restore.mutate({ id: asset.id, rowVersion: asset.rowVersion })}
            onPurge={() => setPurged(asset)}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="mt-6 flex justify-center">
          <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {purged && (
        <PurgeDialog
          asset={purged}
          isPending={purge.isPending}
          onPurge={(force) => purge.mutate({ id: purged.id, force }, { onSuccess: () => setPurged(null) })}
          onClose={() => setPurged(null)}
        />
      )}
    </div>
  );
}

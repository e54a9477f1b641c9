import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import type { Change, ChangeEvent } from '@vitrine/schema';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { useRefreshLists } from '../api/use-asset-mutations.ts';
import { applyChange, changesLists, type TilePages } from './apply-change.ts';

/** Many uploads at once ask for the lists once. */
const refreshMs = 400;
const offlineMs = 5000;

/** Listens to what happens in the library, and keeps what is on the screen true. Answers whether it has been cut off. */
export function useLiveChanges(): { isOffline: boolean } {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const timer = useRef<number | undefined>(undefined);

  function refreshSoon(): void {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      void refreshLists();
    }, refreshMs);
  }

  function refreshAsset(id: string): void {
    void queryClient.invalidateQueries(trpc.asset.get.queryFilter({ id }));
    void queryClient.invalidateQueries(trpc.asset.renditions.queryFilter({ id }));
  }

  /** What one throws away oneself may be told before the answer comes that leaves its page; there is nothing to ask then. */
  function isOwnTrashing({ kind }: Change): boolean {
    return (
      kind === 'asset.trashed' && queryClient.isMutating({ mutationKey: trpc.asset.trash.mutationKey() }) > 0
    );
  }

  const apply = useEffectEvent((event: ChangeEvent) => {
    switch (event.type) {
      case 'caught_up':
        return;
      case 'reset':
        void queryClient.invalidateQueries();
        return;
      case 'change': {
        const { change, tile } = event;
        queryClient.setQueriesData<TilePages>(
          trpc.asset.tiles.infiniteQueryFilter(),
          (data) => data && applyChange(data, change, tile),
        );
        queryClient.setQueriesData<TilePages>(
          trpc.asset.searchTiles.infiniteQueryFilter(),
          (data) => data && applyChange(data, change, tile),
        );
        if (!isOwnTrashing(change)) refreshAsset(change.assetId);
        if (changesLists(change)) refreshSoon();
        return;
      }
      default:
        event satisfies never;
    }
  });

  const { status } = useSubscription(
    trpc.change.watch.subscriptionOptions(undefined, { onData: ({ data }) => apply(data) }),
  );
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const [isOffline, setOffline] = useState(false);
  const isCut = status === 'connecting' || status === 'error';
  useEffect(() => {
    if (!isCut) {
      setOffline(false);
      return;
    }
    const late = window.setTimeout(() => setOffline(true), offlineMs);
    return () => window.clearTimeout(late);
  }, [isCut]);
  return { isOffline };
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { UploadStore } from '../upload-store.ts';
import { sendUpload } from './send-upload.ts';

// Many small files finish in quick succession; the grid is asked for once for all of them.
const gatherMs = 250;

/** The uploads of this page; what they store appears in the grids by itself. */
export function useUploadStore(): UploadStore {
  const queryClient = useQueryClient();
  const [store] = useState(() => {
    let isPlanned = false;
    const refresh = () => {
      isPlanned = false;
      const shown = [
        trpc.asset.tiles.pathFilter(),
        trpc.asset.get.pathFilter(),
        trpc.client.stats.pathFilter(),
        trpc.campaign.stats.pathFilter(),
      ];
      for (const filter of shown) void queryClient.invalidateQueries(filter);
    };
    return new UploadStore({
      send: sendUpload,
      onStored: () => {
        if (!isPlanned) setTimeout(refresh, gatherMs);
        isPlanned = true;
      },
    });
  });
  return store;
}

import type { Client } from '@vitrine/schema';
import { useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { useAllowed } from '../../access/api/use-allowed.ts';

interface EmptyTrashProps {
  client: Client;
  isPending: boolean;
  onEmpty: () => Promise<unknown>;
}

/** Deletes everything in a client's trash, after a question; only managers are offered it. */
export function EmptyTrash({ client, isPending, onEmpty }: EmptyTrashProps) {
  const [isAsking, setAsking] = useState(false);
  const may = useAllowed({ kind: 'client', clientId: client.id });
  if (!may('asset.purge')) return null;
  return (
    <>
      <Button onPress={() => setAsking(true)}>Empty trash</Button>
      <ConfirmDialog
        title={`Empty the trash of ${client.name}?`}
        question="Everything in it is deleted for good, but for what other assets are made of."
        action="Delete for good"
        isOpen={isAsking}
        isPending={isPending}
        onConfirm={() =>
          void onEmpty().then(
            () => setAsking(false),
            () => setAsking(false),
          )
        }
        onClose={() => setAsking(false)}
      />
    </>
  );
}

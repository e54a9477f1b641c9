import { useQuery } from '@tanstack/react-query';
import type { Asset } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { usesText } from '../uses-text.ts';

interface TrashDialogProps {
  asset: Asset;
  isPending: boolean;
  onTrash: () => void;
  onClose: () => void;
}

/** Asks before an asset goes to the trash, and says what it is used for. */
export function TrashDialog({ asset, isPending, onTrash, onClose }: TrashDialogProps) {
  const { data } = useQuery(trpc.asset.uses.queryOptions({ id: asset.id }));
  const uses = data && usesText(data);
  return (
    <ConfirmDialog
      title="Move to trash?"
      question={`“${asset.name}” leaves the library and every campaign it is in.${uses ? ` ${uses}` : ''}`}
      action="Move to trash"
      isOpen
      isPending={isPending}
      onConfirm={onTrash}
      onClose={onClose}
    />
  );
}

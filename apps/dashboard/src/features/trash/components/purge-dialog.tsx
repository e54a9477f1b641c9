import { useQuery } from '@tanstack/react-query';
import type { TrashedAsset } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { usesText } from '../uses-text.ts';

interface PurgeDialogProps {
  asset: TrashedAsset;
  isPending: boolean;
  onPurge: (force: boolean) => void;
  onClose: () => void;
}

/** Asks before an asset is deleted for good, and says what it is used for. */
export function PurgeDialog({ asset, isPending, onPurge, onClose }: PurgeDialogProps) {
  const { data } = useQuery(trpc.asset.uses.queryOptions({ id: asset.id }));
  const uses = data && usesText(data);
  const isSource = (data?.madeInto.length ?? 0) > 0;
  const forgotten = isSource ? ' What they are made of is then forgotten.' : '';
  return (
    <ConfirmDialog
      title="Delete for good?"
      question={`“${asset.name}” and all its versions cannot be brought back.${uses ? ` ${uses}` : ''}${forgotten}`}
      action="Delete for good"
      isOpen
      isPending={isPending || !data}
      onConfirm={() => onPurge(isSource)}
      onClose={onClose}
    />
  );
}

import type { Client, GuestFile } from '@vitrine/schema';
import { Check, Inbox } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { useGuestFiles } from '../api/use-guests.ts';
import { GuestFileRow } from './guest-file-row.tsx';

/** Files that guests have sent for a client, and that wait for somebody to decide. */
export function InboxDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const { files, accept, refuse } = useGuestFiles(client.id);
  const [isTakingAll, setTakingAll] = useState(false);
  const [refusing, setRefusing] = useState<GuestFile | null>(null);
  const loaded = files.data?.pages.flatMap(({ items }) => items) ?? [];
  const waiting = loaded.filter(({ state }) => state === 'waiting');
  // Those that wait come first: behind one that was decided about, none waits.
  const hasMore = files.hasNextPage && loaded.at(-1)?.state === 'waiting';

  /** One after the other: each becomes an asset of its own, or says why it cannot. */
  async function acceptAll(): Promise<void> {
    setTakingAll(true);
    let taken = 0;
    for (const { id } of waiting) {
      await accept.mutateAsync({ id }).then(
        () => taken++,
        () => {},
      );
    }
    setTakingAll(false);
    const left = waiting.length - taken;
    if (taken > 0) toast.success(`${countOf(taken, 'file')} accepted.`);
    if (left > 0) toast.error(`${countOf(left, 'file')} could not be accepted, and wait on.`);
  }

  return (
    <Dialog
      wide
      isOpen
      title={`Sent to ${client.name}`}
      lead="Nobody has checked these. Accepting a file makes it an asset of its campaign."
      onClose={onClose}
    >
      <div className="min-h-0 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
        {files.error && <ErrorNotice error={files.error} onRetry={() => files.refetch()} />}
        {files.isPending && <Skeleton className="h-24 rounded-xl" />}
        {files.data && waiting.length === 0 && (
          <Notice icon={<Inbox size={24} aria-hidden />} title="Nothing is waiting">
            Make a link with “Ask for files” at a campaign.
          </Notice>
        )}
        {waiting.length > 1 && (
          <p className="mb-3 text-right">
            <Button isBusy={isTakingAll} onPress={() => !isTakingAll && void acceptAll()}>
              <Check size={15} aria-hidden />
              Accept {hasMore ? 'these' : 'all'} {waiting.length}
            </Button>
          </p>
        )}
        {waiting.length > 0 && (
          <ul aria-label="Waiting files" className="divide-y divide-line rounded-xl border border-line">
            {waiting.map((file) => (
              <GuestFileRow
                key={file.id}
                file={file}
                isBusy={isTakingAll || accept.isPending || refuse.isPending}
                onAccept={() =>
                  accept.mutate(
                    { id: file.id },
                    { onSuccess: () => toast.success(`“${file.fileName}” is in the library.`) },
                  )
                }
                onRefuse={() => setRefusing(file)}
              />
            ))}
          </ul>
        )}
        {hasMore && (
          <p className="mt-4 text-center">
            <Button isBusy={files.isFetchingNextPage} onPress={() => void files.fetchNextPage()}>
              Show more
            </Button>
          </p>
        )}
      </div>
      {refusing && (
        <ConfirmDialog
          title="Refuse this file?"
          question={`“${refusing.fileName}” from ${refusing.sender} is deleted. This cannot be taken back; they would have to send it again.`}
          action="Refuse"
          isOpen
          isPending={refuse.isPending}
          onConfirm={() => refuse.mutate({ id: refusing.id }, { onSettled: () => setRefusing(null) })}
          onClose={() => setRefusing(null)}
        />
      )}
    </Dialog>
  );
}

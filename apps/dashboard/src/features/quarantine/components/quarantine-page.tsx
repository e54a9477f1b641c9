import { useQuery } from '@tanstack/react-query';
import type { QuarantinedFile } from '@vitrine/schema';
import { ShieldCheck } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useTitle } from '../../../lib/use-title.ts';
import type { Receiver } from '../../unassigned/receiver.ts';
import { useQuarantine, useQuarantineActions } from '../api/use-quarantine.ts';
import { QuarantineRow } from './quarantine-row.tsx';

const GiveDialog = lazy(async () => ({
  default: (await import('../../unassigned/components/give-dialog.tsx')).GiveDialog,
}));

/** Files that are kept but are no assets. For owners and admins. */
export function QuarantinePage() {
  useTitle('Quarantine');
  const [giving, setGiving] = useState<QuarantinedFile | null>(null);
  const [discarding, setDiscarding] = useState<QuarantinedFile | null>(null);
  const clients = useQuery(trpc.client.list.queryOptions({ archived: true }));
  const list = useQuarantine();
  const { accept, discard } = useQuarantineActions();
  const files = list.data?.pages.flatMap((page) => page.items) ?? [];

  const ask = (file: QuarantinedFile) => {
    accept.reset();
    setGiving(file);
  };
  const give = ({ id, fileName }: QuarantinedFile, { clientId, clientName, campaignId }: Receiver) =>
    accept.mutate(
      { id, clientId, ...(campaignId !== null && { campaignId }) },
      {
        onSuccess: ({ outcome }) => {
          setGiving(null);
          const has = `${clientName} had “${fileName}” already.`;
          toast.success(outcome === 'deduplicated' ? has : `“${fileName}” is an asset of ${clientName} now.`);
        },
      },
    );

  if (list.error) return <ErrorNotice isPage error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pt-6 pb-28 sm:px-8 sm:pt-9">
      <h1 className="font-semibold text-2xl tracking-tight">Quarantine</h1>
      <p className="mt-1 max-w-2xl text-pretty text-soft text-sm">
        Files that a scan refused, and what an import could not make an asset of. They are kept as they came;
        nothing shows them. Take care with what a scan refused: it may do harm where it is opened.
      </p>
      {list.isPending && <Skeleton className="mt-6 h-40 rounded-2xl" />}
      {list.data && files.length === 0 && (
        <Notice icon={<ShieldCheck size={26} aria-hidden />} title="Nothing is in quarantine">
          What a scan or an import refuses is kept here until you decide about it.
        </Notice>
      )}
      {files.length > 0 && (
        <ul aria-label="Files in quarantine" className="mt-6 grid grid-cols-1 gap-2">
          {files.map((file) => (
            <QuarantineRow
              key={file.id}
              file={file}
              client={clients.data?.find(({ id }) => id === file.clientId)}
              isBusy={accept.isPending || discard.isPending}
              onGive={() => ask(file)}
              onDiscard={() => setDiscarding(file)}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className="mt-6 flex justify-center">
          <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <Suspense>
        {giving && (
          <GiveDialog
            title="Give it to a client"
            lead={`“${giving.fileName}” is looked at anew. If it is a picture, film, sound or document, it becomes an asset; if not, it stays here.`}
            isPending={accept.isPending}
            error={accept.error}
            onGive={(receiver) => give(giving, receiver)}
            onClose={() => setGiving(null)}
          />
        )}
      </Suspense>
      {discarding && (
        <ConfirmDialog
          title="Delete it for good?"
          question={`“${discarding.fileName}” is kept nowhere else in the library. It cannot be brought back.`}
          action="Delete for good"
          isOpen
          isPending={discard.isPending}
          onConfirm={() => discard.mutate({ id: discarding.id }, { onSettled: () => setDiscarding(null) })}
          onClose={() => setDiscarding(null)}
        />
      )}
    </div>
  );
}

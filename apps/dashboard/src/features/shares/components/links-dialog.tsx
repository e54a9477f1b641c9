import type { Client, Share } from '@vitrine/schema';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useShareMutations, useShares } from '../api/use-shares.ts';
import { LinkRow } from './link-row.tsx';

/** Every link that shows something of a client, who came, and how to end it. */
export function LinksDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const list = useShares(client.id);
  const { revoke } = useShareMutations();
  const [ending, setEnding] = useState<Share | null>(null);
  const links = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Dialog
      wide
      isOpen
      title={`Share links of ${client.name}`}
      lead="Made from the menu of an asset or a campaign. A link is shown only when it is made."
      onClose={onClose}
    >
      <div className="min-h-0 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
        {list.error && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
        {list.isPending && <Skeleton className="h-24 rounded-xl" />}
        {list.data && links.length === 0 && (
          <Notice icon={<Link2 size={24} aria-hidden />} title="Nothing is shared">
            Open an asset or a campaign and choose “Share…”.
          </Notice>
        )}
        {links.length > 0 && (
          <ul aria-label="Share links" className="divide-y divide-line rounded-xl border border-line">
            {links.map((link) => (
              <LinkRow key={link.id} link={link} onEnd={() => setEnding(link)} />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <p className="mt-4 text-center">
            <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
              Show more
            </Button>
          </p>
        )}
      </div>
      {ending && (
        <ConfirmDialog
          title="Revoke this link?"
          question={`“${ending.name}” shows nothing any more, to nobody. This cannot be taken back; you can make a new link.`}
          action="Revoke"
          isOpen
          isPending={revoke.isPending}
          onConfirm={() => revoke.mutate({ id: ending.id }, { onSettled: () => setEnding(null) })}
          onClose={() => setEnding(null)}
        />
      )}
    </Dialog>
  );
}

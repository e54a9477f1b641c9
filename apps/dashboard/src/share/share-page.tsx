import { Link2Off } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/ui/button.tsx';
import { Notice } from '../components/ui/notice.tsx';
import { Skeleton } from '../components/ui/skeleton.tsx';
import { BrokenLink } from '../visit/broken-link.tsx';
import { LockForm } from '../visit/lock-form.tsx';
import { QuickLook } from './quick-look.tsx';
import { ShareGrid } from './share-grid.tsx';
import { ShareHeader } from './share-header.tsx';
import { addressOf, useShared } from './use-shared.ts';

/** What somebody sees who has a link and no account. */
export function SharePage({ token }: { token: string }) {
  const shared = useShared(token);
  const [openId, setOpenId] = useState<string | null>(null);
  if (shared.error && !shared.data) {
    return <BrokenLink error={shared.error} onRetry={() => void shared.refetch()} />;
  }
  const [first] = shared.data?.pages ?? [];
  if (!first) return <Loading />;
  if (first.state === 'locked') {
    return <LockForm address={addressOf(token)} onUnlocked={() => void shared.refetch()} />;
  }
  const items = shared.data?.pages.flatMap((page) => (page.state === 'open' ? page.items : [])) ?? [];
  const openAt = items.findIndex(({ id }) => id === openId);
  return (
    <>
      <ShareHeader page={first} />
      <main className="mx-auto w-full max-w-[1600px] px-4 pb-16 sm:px-8">
        {items.length === 0 ? (
          <Notice icon={<Link2Off size={26} aria-hidden />} title="Nothing is shown here at the moment">
            What was shared may have been taken back. Ask whoever sent the link.
          </Notice>
        ) : (
          <ShareGrid items={items} onOpen={setOpenId} />
        )}
        {shared.hasNextPage && (
          <p className="mt-10 text-center">
            <Button size="lg" isBusy={shared.isFetchingNextPage} onPress={() => void shared.fetchNextPage()}>
              Show more
            </Button>
          </p>
        )}
      </main>
      <QuickLook
        items={items}
        at={openAt}
        onShow={(index) => setOpenId(items[index]?.id ?? null)}
        onClose={() => setOpenId(null)}
      />
    </>
  );
}

function Loading() {
  return (
    <main aria-busy="true" className="mx-auto grid max-w-[1600px] gap-8 p-4 sm:p-8">
      <Skeleton className="h-10 w-64 rounded-lg" />
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((name) => (
          <Skeleton key={name} className="aspect-[4/3] rounded-2xl" />
        ))}
      </div>
    </main>
  );
}

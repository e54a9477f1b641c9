import { Skeleton } from '../components/ui/skeleton.tsx';
import { BrokenLink } from '../visit/broken-link.tsx';
import { LockForm } from '../visit/lock-form.tsx';
import { SendForm } from './send-form.tsx';
import { addressOf, useGuest } from './use-guest.ts';

/** Where somebody with an upload link, and no account, leaves files. */
export function GuestPage({ token }: { token: string }) {
  const guest = useGuest(token);
  const refetch = () => void guest.refetch();
  if (guest.error && !guest.data) return <BrokenLink error={guest.error} onRetry={refetch} />;
  if (!guest.data) {
    return (
      <main aria-busy="true" className="mx-auto grid max-w-xl gap-5 p-6 pt-16">
        <Skeleton className="h-9 w-56 rounded-lg" />
        <Skeleton className="h-64 rounded-2xl" />
      </main>
    );
  }
  switch (guest.data.state) {
    case 'locked':
      return <LockForm address={addressOf(token)} onUnlocked={refetch} />;
    case 'open':
      return <SendForm address={addressOf(token)} link={guest.data} onArrived={refetch} />;
    default:
      return guest.data satisfies never;
  }
}

import { useState } from 'react';
import { Select } from '../../../components/ui/select.tsx';
import { useTitle } from '../../../lib/use-title.ts';
import { ActivityList } from './activity-list.tsx';

const nouns = [
  { id: 'all', label: 'Everything' },
  { id: 'asset', label: 'Assets' },
  { id: 'client', label: 'Clients' },
  { id: 'account', label: 'People' },
  { id: 'session', label: 'Signing in' },
  { id: 'apikey', label: 'API keys' },
  { id: 'grant', label: 'Access' },
  { id: 'passkey', label: 'Passkeys' },
  { id: 'share', label: 'Share links' },
  { id: 'uploadLink', label: 'Upload links' },
  { id: 'guestFile', label: 'Files of guests' },
] as const;
type Noun = (typeof nouns)[number]['id'];

/** What happened in the whole installation. For owners and admins. */
export function ActivityPage() {
  useTitle('Activity');
  const [noun, setNoun] = useState<Noun>('all');
  return (
    <div className="mx-auto w-full max-w-3xl px-4 pt-6 pb-28 sm:px-8 sm:pt-9">
      <div className="mb-7 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Activity</h1>
          <p className="mt-1 text-soft text-sm">
            Every change is written down, in a log that cannot be rewritten unseen.
          </p>
        </div>
        <div className="w-44">
          <Select label="Show" labelHidden options={nouns} value={noun} onChange={setNoun} />
        </div>
      </div>
      <ActivityList of={{}} action={noun === 'all' ? undefined : noun} pageSize={50} />
    </div>
  );
}

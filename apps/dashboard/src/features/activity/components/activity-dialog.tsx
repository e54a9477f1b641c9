import type { AssetId, ClientId } from '@vitrine/schema';
import { useState } from 'react';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { ActivityList } from './activity-list.tsx';

const nouns = [
  { id: 'all', label: 'Everything' },
  { id: 'asset', label: 'Assets' },
  { id: 'campaign', label: 'Campaigns' },
  { id: 'collection', label: 'Collections' },
  { id: 'grant', label: 'Access' },
  { id: 'share', label: 'Share links' },
  { id: 'uploadLink', label: 'Upload links' },
  { id: 'guestFile', label: 'Files of guests' },
] as const;
type Noun = (typeof nouns)[number]['id'];

interface ActivityDialogProps {
  of: { readonly assetId: AssetId } | { readonly clientId: ClientId };
  /** What the asset or client is called. */
  name: string;
  onClose: () => void;
}

/** What happened to an asset, or at a client. */
export function ActivityDialog({ of, name, onClose }: ActivityDialogProps) {
  const [noun, setNoun] = useState<Noun>('all');
  return (
    <Dialog wide isOpen title={`Activity of ${name}`} onClose={onClose}>
      <div className="grid min-h-0 gap-5 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
        {'clientId' in of && <Select label="Show" options={nouns} value={noun} onChange={setNoun} />}
        <ActivityList of={of} action={noun === 'all' ? undefined : noun} pageSize={30} />
      </div>
    </Dialog>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { Client } from '@vitrine/schema';
import {
  Archive,
  ArchiveRestore,
  Ellipsis,
  History,
  Inbox,
  Pencil,
  Share2,
  Upload,
  Users,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Menu, MenuItem } from '../../../components/ui/menu.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { useAllowed } from '../../access/api/use-allowed.ts';
import { useUploads } from '../../uploads/uploads-context.ts';
import { useArchiveClient } from '../api/use-archive-client.ts';
import { BrandLine } from './brand-line.tsx';
import { ClientMark } from './client-mark.tsx';

const ClientFormDialog = lazy(async () => ({
  default: (await import('./client-form-dialog.tsx')).ClientFormDialog,
}));

const ActivityDialog = lazy(async () => ({
  default: (await import('../../activity/components/activity-dialog.tsx')).ActivityDialog,
}));

const InboxDialog = lazy(async () => ({
  default: (await import('../../guests/components/inbox-dialog.tsx')).InboxDialog,
}));

const LinksDialog = lazy(async () => ({
  default: (await import('../../shares/components/links-dialog.tsx')).LinksDialog,
}));

const PeopleDialog = lazy(async () => ({
  default: (await import('../../access/components/people-dialog.tsx')).PeopleDialog,
}));

export function ClientHeader({ client }: { client: Client }) {
  const [open, setOpen] = useState<'edit' | 'people' | 'links' | 'inbox' | 'activity' | null>(null);
  const may = useAllowed({ kind: 'client', clientId: client.id });
  const stats = useQuery(trpc.client.stats.queryOptions({ id: client.id }));
  const archive = useArchiveClient();
  const { chooseFiles } = useUploads();
  const isArchived = client.archivedAt !== null;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="flex min-w-0 flex-1 basis-80 items-start gap-4">
        <ClientMark client={client} size="lg" />
        <div className="min-w-0">
          <h1 className="break-words font-semibold text-2xl sm:text-3xl">{client.name}</h1>
          {client.description && (
            <p className="mt-1 line-clamp-2 max-w-2xl text-pretty text-soft">{client.description}</p>
          )}
          <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-faint text-sm tabular">
            {isArchived && (
              <span className="rounded-md bg-warn-wash px-2 font-medium text-warn-ink text-xs leading-5">
                Archived
              </span>
            )}
            {stats.data
              ? stats.data.count > 0
                ? `${countOf(stats.data.count, 'asset')} · ${formatBytes(stats.data.bytes)}`
                : 'No assets yet'
              : ' '}
          </p>
          <BrandLine guidelines={client.brandGuidelines} />
        </div>
      </div>
      <div className="flex gap-2">
        {may('asset.create') && (
          <Button look="primary" onPress={chooseFiles}>
            <Upload size={16} aria-hidden />
            Upload
          </Button>
        )}
        {(may('client.update') || may('share.read')) && (
          <Menu
            label="Client actions"
            trigger={
              <Button size="icon" aria-label="Client actions">
                <Ellipsis size={18} aria-hidden />
              </Button>
            }
          >
            {may('client.update') && (
              <MenuItem icon={<Pencil size={16} aria-hidden />} onAction={() => setOpen('edit')}>
                Edit client
              </MenuItem>
            )}
            {may('client.update') && (
              <MenuItem icon={<Users size={16} aria-hidden />} onAction={() => setOpen('people')}>
                People
              </MenuItem>
            )}
            {may('audit.readClient') && (
              <MenuItem icon={<History size={16} aria-hidden />} onAction={() => setOpen('activity')}>
                Activity
              </MenuItem>
            )}
            {may('guest.read') && (
              <MenuItem icon={<Inbox size={16} aria-hidden />} onAction={() => setOpen('inbox')}>
                Sent by guests
              </MenuItem>
            )}
            {may('share.read') && (
              <MenuItem icon={<Share2 size={16} aria-hidden />} onAction={() => setOpen('links')}>
                Share links
              </MenuItem>
            )}
            {may('client.update') && (
              <MenuItem
                icon={
                  isArchived ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />
                }
                onAction={() =>
                  archive.mutate({ id: client.id, rowVersion: client.rowVersion, archived: !isArchived })
                }
              >
                {isArchived ? 'Bring back' : 'Archive client'}
              </MenuItem>
            )}
          </Menu>
        )}
      </div>
      <Suspense>
        {open === 'edit' && <ClientFormDialog client={client} onClose={() => setOpen(null)} />}
        {open === 'activity' && (
          <ActivityDialog of={{ clientId: client.id }} name={client.name} onClose={() => setOpen(null)} />
        )}
        {open === 'inbox' && <InboxDialog client={client} onClose={() => setOpen(null)} />}
        {open === 'links' && <LinksDialog client={client} onClose={() => setOpen(null)} />}
        {open === 'people' && <PeopleDialog client={client} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

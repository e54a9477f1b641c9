import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Building2, Plus, SearchX } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { Segmented } from '../../../components/ui/segmented.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { useHotkey } from '../../../lib/use-hotkey.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { ClientCard } from './client-card.tsx';

const ClientFormDialog = lazy(async () => ({
  default: (await import('./client-form-dialog.tsx')).ClientFormDialog,
}));
const route = getRouteApi('/shell/');
const gridClass = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-5';

/** The overview: every client the person may see. */
export function ClientsPage() {
  useTitle('Clients');
  const { q, archived = false } = route.useSearch();
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  useHotkey('/', () => search.current?.focus());
  const clients = useQuery({
    ...trpc.client.list.queryOptions({ ...(q && { q }), archived }),
    placeholderData: (before) => before,
  });
  // The API lists the archived beside the others; this view keeps the two apart.
  const shown = clients.data?.filter((client) => (client.archivedAt !== null) === archived);
  const newClient = (
    <Button look="primary" onPress={() => setCreating(true)}>
      <Plus size={17} aria-hidden />
      New client
    </Button>
  );
  const setSearch = (next: { q?: string | undefined; archived?: boolean | undefined }) =>
    navigate({ to: '/', search: (before) => ({ ...before, ...next }), replace: true });

  return (
    <div className="mx-auto max-w-[90rem] px-4 pt-6 pb-24 sm:px-8 sm:pt-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-semibold text-3xl">Clients</h1>
          <p className="mt-1 text-soft" aria-live="polite">
            {shown ? countOf(shown.length, archived ? 'archived client' : 'client') : ' '}
          </p>
        </div>
        {shown?.length !== 0 && newClient}
      </div>
      <div className="mt-6 mb-6 flex flex-wrap items-center gap-3">
        <div className="min-w-48 flex-1 sm:max-w-xs">
          <SearchField
            label="Search clients"
            placeholder="Search clients"
            value={q ?? ''}
            onSearch={(text) => setSearch({ q: text || undefined })}
            inputRef={search}
          />
        </div>
        <Segmented
          label="Show"
          segments={[
            { id: 'current', label: 'Current' },
            { id: 'archived', label: 'Archived' },
          ]}
          value={archived ? 'archived' : 'current'}
          onChange={(which) => setSearch({ archived: which === 'archived' || undefined })}
        />
      </div>
      {clients.isPending && (
        <div className={gridClass}>
          {['a', 'b', 'c'].map((key) => (
            <Skeleton key={key} className="h-80 rounded-2xl" />
          ))}
        </div>
      )}
      {clients.error && <ErrorNotice error={clients.error} onRetry={() => clients.refetch()} />}
      {shown && shown.length > 0 && (
        <ul className={gridClass}>
          {shown.map((client) => (
            <li key={client.id} className="grid">
              <ClientCard client={client} />
            </li>
          ))}
        </ul>
      )}
      {shown?.length === 0 && q && (
        <Notice
          icon={<SearchX size={26} aria-hidden />}
          title={`Nothing matches “${q}”`}
          action={<Button onPress={() => setSearch({ q: undefined })}>Clear search</Button>}
        >
          Try another part of the name.
        </Notice>
      )}
      {shown?.length === 0 && !q && archived && (
        <Notice
          icon={<Building2 size={26} aria-hidden />}
          title="Nothing is archived"
          action={<Button onPress={() => setSearch({ archived: undefined })}>Show current clients</Button>}
        >
          A client that you archive leaves the overview and keeps everything it holds.
        </Notice>
      )}
      {shown?.length === 0 && !q && !archived && (
        <Notice icon={<Building2 size={26} aria-hidden />} title="Add your first client" action={newClient}>
          A client is a brand you work for. Create one, then drop its images, films, sound and documents into
          it.
        </Notice>
      )}
      {isCreating && (
        <Suspense>
          <ClientFormDialog
            client={null}
            onClose={() => setCreating(false)}
            onSaved={(client) => navigate({ to: '/clients/$clientId', params: { clientId: client.id } })}
          />
        </Suspense>
      )}
    </div>
  );
}

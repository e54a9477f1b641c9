import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Client } from '@vitrine/schema';
import { Archive } from 'lucide-react';
import { trpc } from '../../../app/trpc.ts';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { BrandSwatches } from './brand-swatches.tsx';
import { ClientCover } from './client-cover.tsx';
import { KindCounts } from './kind-counts.tsx';

/** A client in the overview: how it looks, and how much of what it holds. */
export function ClientCard({ client }: { client: Client }) {
  const stats = useQuery(trpc.client.stats.queryOptions({ id: client.id }));
  return (
    <article className="group relative flex flex-col overflow-hidden rounded-2xl bg-surface shadow-card transition-shadow duration-200 focus-within:shadow-float hover:shadow-float">
      <ClientCover client={client} />
      <div className="flex flex-1 flex-col gap-3 p-5">
        <div>
          <div className="flex items-center gap-3">
            <h2 className="min-w-0 flex-1 truncate font-semibold text-lg">
              <Link
                to="/clients/$clientId"
                params={{ clientId: client.id }}
                className="rounded-sm after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-[var(--focus)]"
              >
                {client.name}
              </Link>
            </h2>
            <BrandSwatches colors={client.brandGuidelines?.colors ?? []} max={5} />
          </div>
          <p className="mt-1 line-clamp-2 min-h-10 text-pretty text-soft text-sm">
            {client.description || 'No description yet.'}
          </p>
        </div>
        <div className="mt-auto flex min-h-6 items-center justify-between gap-3 border-line border-t pt-3.5">
          {stats.data ? (
            stats.data.count > 0 ? (
              <>
                <KindCounts stats={stats.data} />
                <span className="text-faint text-sm tabular">
                  <span className="sr-only">{countOf(stats.data.count, 'asset')}, </span>
                  {formatBytes(stats.data.bytes)}
                </span>
              </>
            ) : (
              <span className="text-faint text-sm">No assets yet</span>
            )
          ) : (
            <Skeleton className="h-5 w-32" />
          )}
        </div>
        {client.archivedAt && (
          <span className="absolute top-3 left-3 flex items-center gap-1.5 rounded-lg bg-raised px-2.5 py-1 font-medium text-soft text-xs shadow-card">
            <Archive size={13} aria-hidden />
            Archived
          </span>
        )}
      </div>
    </article>
  );
}

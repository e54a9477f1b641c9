import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { AssetId, AuditEntry, ClientId } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { formatMoment } from '../../../lib/format-moment.ts';
import { actionWords, changedFields } from '../action-words.ts';

interface ActivityListProps {
  /** Of an asset, of a client, or (neither) of the installation. */
  of: { readonly assetId: AssetId } | { readonly clientId: ClientId } | Record<string, never>;
  /** A noun, such as `asset`; left out: everything. */
  action?: string | undefined;
  /** How many are fetched at once. */
  pageSize: number;
}

/** Who did what, the last first; older ones when somebody asks. */
export function ActivityList({ of, action, pageSize }: ActivityListProps) {
  const list = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { ...of, ...(action && { action }), limit: pageSize },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.error) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className="grid gap-3">
      {list.isPending && <Skeleton className="h-20 rounded-xl" />}
      {list.data && entries.length === 0 && <p className="text-soft text-sm">Nothing has happened yet.</p>}
      <ol aria-label="Activity" className="grid gap-3.5">
        {entries.map((entry) => (
          <ActivityEntry key={entry.seq} entry={entry} />
        ))}
      </ol>
      {list.hasNextPage && (
        <p>
          <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            Show older
          </Button>
        </p>
      )}
    </div>
  );
}

function whoOf({ who: { kind, name } }: AuditEntry): string {
  switch (kind) {
    case 'user':
      return name ?? 'Somebody';
    case 'api_key':
      return name === null ? 'An API key' : `The key “${name}”`;
    case 'system':
      return 'Vitrine';
    default:
      return kind satisfies never;
  }
}

function ActivityEntry({ entry }: { entry: AuditEntry }) {
  const changes = changedFields(entry.before, entry.after);
  return (
    <li className="text-sm">
      <p className="text-pretty">
        <span className="font-medium">{whoOf(entry)}</span>{' '}
        <span className="text-soft">{actionWords(entry.action)}</span>
      </p>
      {changes.length > 0 && (
        <ul className="mt-0.5 text-soft text-xs">
          {changes.map((change) => (
            <li key={change} className="[overflow-wrap:anywhere]">
              {change}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-0.5 text-faint text-xs tabular">
        {formatMoment(entry.at)}
        {entry.address && ` · ${entry.address}`}
      </p>
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity, History, LayoutGrid, Search, Trash2, Users } from 'lucide-react';
import { BrandMark } from '../components/ui/brand-mark.tsx';
import { Skeleton } from '../components/ui/skeleton.tsx';
import { ThemeSwitch } from '../components/ui/theme-switch.tsx';
import { ClientMark } from '../features/clients/components/client-mark.tsx';
import { UserMenu } from '../features/session/components/user-menu.tsx';
import { commandKey } from '../lib/use-command-key.ts';
import { trpc } from './trpc.ts';

const linkClass =
  'flex h-9 items-center gap-2.5 rounded-[10px] px-2.5 text-soft text-sm font-medium transition-colors duration-150 hover:bg-hover hover:text-ink ' +
  'aria-[current=page]:bg-hover aria-[current=page]:text-ink data-[status=active]:bg-hover data-[status=active]:text-ink';

/** The way to every client; beside the page on wide screens, in a drawer on narrow ones. */
export function Sidebar({ onShowKeys, onNavigate }: { onShowKeys: () => void; onNavigate?: () => void }) {
  const clients = useQuery(trpc.client.list.queryOptions({}));
  const self = useQuery(trpc.system.self.queryOptions());
  return (
    <div className="flex h-full flex-col gap-6 p-3">
      <Link
        to="/"
        {...(onNavigate && { onClick: onNavigate })}
        className="flex h-11 items-center gap-2.5 rounded-[10px] px-2 font-semibold text-lg tracking-tight"
      >
        <BrandMark size={26} />
        Vitrine
      </Link>
      <nav aria-label="Library" className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 scroll-quiet">
        <Link
          to="/"
          activeOptions={{ exact: true, includeSearch: false }}
          {...(onNavigate && { onClick: onNavigate })}
          className={linkClass}
        >
          <LayoutGrid size={17} aria-hidden className="mx-0.5" />
          All clients
        </Link>
        <Link
          to="/search"
          activeOptions={{ includeSearch: false }}
          {...(onNavigate && { onClick: onNavigate })}
          className={linkClass}
        >
          <Search size={17} aria-hidden className="mx-0.5" />
          Search
          <kbd
            aria-hidden
            className="ml-auto rounded-md border border-line px-1.5 font-sans text-faint text-xs leading-5 max-lg:hidden"
          >
            {commandKey} K
          </kbd>
        </Link>
        <h2 className="mt-6 mb-1.5 px-2.5 font-medium text-faint text-xs tracking-normal">Clients</h2>
        {clients.isPending && (
          <div className="grid gap-2 px-2.5 pt-1">
            <Skeleton className="h-5 w-4/5" />
            <Skeleton className="h-5 w-3/5" />
          </div>
        )}
        <ul className="grid gap-px">
          {clients.data?.map((client) => (
            <li key={client.id}>
              <Link
                to="/clients/$clientId"
                params={{ clientId: client.id }}
                activeOptions={{ includeSearch: false }}
                {...(onNavigate && { onClick: onNavigate })}
                className={linkClass}
              >
                <ClientMark client={client} size="sm" />
                <span className="truncate">{client.name}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid gap-px">
        <Link
          to="/trash"
          activeOptions={{ includeSearch: false }}
          {...(onNavigate && { onClick: onNavigate })}
          className={linkClass}
        >
          <Trash2 size={17} aria-hidden className="mx-0.5" />
          Trash
        </Link>
        {self.data && self.data.role !== 'member' && (
          <>
            <Link to="/people" {...(onNavigate && { onClick: onNavigate })} className={linkClass}>
              <Users size={17} aria-hidden className="mx-0.5" />
              People
            </Link>
            <Link to="/activity" {...(onNavigate && { onClick: onNavigate })} className={linkClass}>
              <History size={17} aria-hidden className="mx-0.5" />
              Activity
            </Link>
            <Link to="/background" {...(onNavigate && { onClick: onNavigate })} className={linkClass}>
              <Activity size={17} aria-hidden className="mx-0.5" />
              Background work
            </Link>
          </>
        )}
        <div className="my-3 px-1">
          <ThemeSwitch />
        </div>
        <UserMenu onShowKeys={onShowKeys} />
      </div>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { Client, Grant } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useGrants } from '../api/use-grants.ts';
import { AddGrant } from './add-grant.tsx';
import { GrantRow } from './grant-row.tsx';

/** Who may do what with a client, and where a campaign or an asset of it says otherwise. */
export function PeopleDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const access = useGrants(client.id);
  const campaigns = useQuery(trpc.campaign.list.queryOptions({ clientId: client.id }));
  const nameOf = (grant: Grant) => {
    switch (grant.kind) {
      case 'client':
        return null;
      case 'campaign':
        return campaigns.data?.find(({ id }) => id === grant.campaignId)?.name ?? 'A campaign';
      case 'asset':
        return 'One asset';
      default:
        return grant satisfies never;
    }
  };
  const grants = access.grants.data ?? [];
  const exceptions = grants.filter(({ kind }) => kind !== 'client');
  return (
    <Dialog
      wide
      isOpen
      title={`People at ${client.name}`}
      lead="Owners and admins see every client. Everybody else sees what is opened to them here."
      onClose={onClose}
    >
      <div className="grid min-h-0 gap-6 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
        <AddGrant
          clientId={client.id}
          people={access.people.data ?? []}
          grants={grants}
          campaigns={campaigns.data ?? []}
          isPending={access.set.isPending}
          onAdd={(grant) => access.set.mutate(grant)}
        />
        {access.grants.error && (
          <ErrorNotice error={access.grants.error} onRetry={() => access.grants.refetch()} />
        )}
        {access.grants.isPending && <Skeleton className="h-24 rounded-xl" />}
        <GrantList
          title="The whole client"
          grants={grants.filter(({ kind }) => kind === 'client')}
          access={access}
          nameOf={nameOf}
        />
        {exceptions.length > 0 && (
          <GrantList title="Exceptions" grants={exceptions} access={access} nameOf={nameOf} />
        )}
      </div>
    </Dialog>
  );
}

interface GrantListProps {
  title: string;
  grants: readonly Grant[];
  access: ReturnType<typeof useGrants>;
  nameOf: (grant: Grant) => string | null;
}

const keyOf = (grant: Grant) =>
  `${grant.person.id} ${'assetId' in grant ? grant.assetId : ''} ${'campaignId' in grant ? grant.campaignId : ''}`;

function GrantList({ title, grants, access, nameOf }: GrantListProps) {
  if (grants.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{title}</h3>
      <ul className="divide-y divide-line rounded-xl border border-line">
        {grants.map((grant) => (
          <GrantRow
            key={keyOf(grant)}
            grant={grant}
            about={nameOf(grant)}
            isBusy={access.set.isPending || access.remove.isPending}
            onSet={(next) => access.set.mutate(next)}
            onRemove={(taken) => access.remove.mutate(taken)}
          />
        ))}
      </ul>
    </section>
  );
}

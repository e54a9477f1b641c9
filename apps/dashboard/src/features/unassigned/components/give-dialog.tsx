import { skipToken, useQuery } from '@tanstack/react-query';
import { type Client, campaignIdSchema } from '@vitrine/schema';
import { useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { sentenceOf } from '../../../lib/problem.ts';
import { useReceivers } from '../api/use-receivers.ts';
import type { Receiver } from '../receiver.ts';
import { ClientField } from './client-field.tsx';

interface GiveDialogProps {
  title: string;
  lead: string;
  isPending: boolean;
  /** Why it was refused; null: it was not. */
  error: unknown;
  onGive: (receiver: Receiver) => void;
  onClose: () => void;
}

const none = '';

/** Asks which client something is given to, and which of its campaigns. */
export function GiveDialog({ title, lead, isPending, error, onGive, onClose }: GiveDialogProps) {
  const clients = useReceivers();
  const [client, setClient] = useState<Client | null>(null);
  const [campaign, setCampaign] = useState(none);
  const campaigns = useQuery(trpc.campaign.list.queryOptions(client ? { clientId: client.id } : skipToken));
  const give = () => {
    if (!client || isPending) return;
    const campaignId = campaign === none ? null : campaignIdSchema.parse(campaign);
    onGive({ clientId: client.id, clientName: client.name, campaignId });
  };
  return (
    <Dialog title={title} lead={lead} isOpen onClose={onClose}>
      <div className="grid gap-4 px-6 pb-6">
        {!clients && <Skeleton className="h-16 rounded-xl" />}
        {clients?.length === 0 && (
          <p className="text-soft text-sm">There is no client that you may add assets to. Make one first.</p>
        )}
        {clients && clients.length > 0 && (
          <>
            <ClientField
              clients={clients}
              value={client?.id ?? null}
              onChange={(chosen) => {
                setClient(chosen);
                setCampaign(none);
              }}
            />
            <Select
              label="Campaign"
              options={[
                { id: none, label: 'No campaign' },
                ...(campaigns.data ?? []).map(({ id, name }) => ({ id: String(id), label: name })),
              ]}
              value={campaign}
              isDisabled={!campaigns.data}
              onChange={setCampaign}
            />
          </>
        )}
        {/* Behind the dialog, a toast could not be read. */}
        {error !== null && (
          <p role="alert" className="rounded-xl bg-danger-wash px-4 py-3 text-danger-ink text-sm">
            {sentenceOf(error)}
          </p>
        )}
      </div>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={!client} isBusy={isPending} onPress={give}>
          Give
        </Button>
      </DialogActions>
    </Dialog>
  );
}

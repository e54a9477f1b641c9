import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { BrandGuidelines, Client } from '@vitrine/schema';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

interface SaveInput {
  /** The client as it was opened, or null to create one. */
  client: Client | null;
  fields: { name: string; description: string };
  guidelines: BrandGuidelines | null;
}

interface SaveClientOptions {
  onSaved: (client: Client) => void;
  onRefused: (error: unknown) => void;
}

/** Creates or edits a client; a refusal is shown as a toast and handed on for the fields. */
export function useSaveClient({ onSaved, onRefused }: SaveClientOptions) {
  const queryClient = useQueryClient();
  const create = useMutation(trpc.client.create.mutationOptions());
  const update = useMutation(trpc.client.update.mutationOptions());
  return useMutation({
    mutationFn: ({ client, fields, guidelines }: SaveInput) =>
      client
        ? update.mutateAsync({
            id: client.id,
            rowVersion: client.rowVersion,
            ...fields,
            brandGuidelines: guidelines,
          })
        : create.mutateAsync({ ...fields, ...(guidelines && { brandGuidelines: guidelines }) }),
    onSuccess: async (saved) => {
      queryClient.setQueryData(trpc.client.get.queryKey({ id: saved.id }), saved);
      await queryClient.invalidateQueries(trpc.client.list.pathFilter());
      onSaved(saved);
    },
    onError: (error) => {
      toast.error(sentenceOf(error));
      onRefused(error);
    },
  });
}

import { type Client, clientCreateInputSchema } from '@vitrine/schema';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../../components/ui/button.tsx';
import { ChipListField } from '../../../components/ui/chip-list-field.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfProblem, errorsOfSchema, type FieldErrors } from '../../../lib/field-errors.ts';
import { useSaveClient } from '../api/use-save-client.ts';
import { clientDraft, guidelinesOf } from '../client-draft.ts';
import { ColorListField } from './color-list-field.tsx';

interface ClientFormDialogProps {
  /** The client to edit, or null for a new one. */
  client: Client | null;
  onClose: () => void;
  onSaved?: (client: Client) => void;
}

export function ClientFormDialog({ client, onClose, onSaved }: ClientFormDialogProps) {
  const [draft, setDraft] = useState(() => clientDraft(client));
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useSaveClient({
    onSaved: (saved) => {
      onSaved?.(saved);
      onClose();
    },
    onRefused: (error) => setErrors(errorsOfProblem(error)),
  });

  const submit = () => {
    if (save.isPending) return;
    const guidelines = guidelinesOf(draft, client);
    const fields = { name: draft.name, description: draft.description };
    const parsed = clientCreateInputSchema.safeParse({
      ...fields,
      ...(guidelines && { brandGuidelines: guidelines }),
    });
    setErrors(parsed.success ? {} : errorsOfSchema(parsed.error));
    if (!parsed.success) return;
    save.mutate({ client, fields, guidelines });
  };

  return (
    <Dialog
      title={client ? 'Edit client' : 'New client'}
      lead={client ? '' : 'A client is a brand you work for. Its assets, campaigns and tags stay together.'}
      isOpen
      onClose={onClose}
    >
      <Form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="grid min-h-0 gap-5 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
          <TextField
            label="Name"
            value={draft.name}
            onChange={(name) => setDraft({ ...draft, name })}
            placeholder="Northwind Coffee"
            error={errors['name']}
            autoFocus
          />
          <TextField
            label="Description"
            value={draft.description}
            onChange={(description) => setDraft({ ...draft, description })}
            placeholder="What the brand does, in a sentence or two"
            rows={2}
            error={errors['description']}
          />
          <ColorListField
            colors={draft.colors}
            onChange={(colors) => setDraft({ ...draft, colors })}
            errors={errors}
          />
          <ChipListField
            label="Fonts"
            noun="font"
            placeholder="Fraunces"
            values={draft.fonts}
            onChange={(fonts) => setDraft({ ...draft, fonts })}
          />
          <ChipListField
            label="Style keywords"
            noun="style keyword"
            placeholder="warm, analogue"
            values={draft.styleKeywords}
            onChange={(styleKeywords) => setDraft({ ...draft, styleKeywords })}
          />
        </div>
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={save.isPending}>
            {client ? 'Save changes' : 'Create client'}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

import { type Campaign, campaignCreateInputSchema, campaignStatuses } from '@vitrine/schema';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfProblem, errorsOfSchema, type FieldErrors } from '../../../lib/field-errors.ts';
import { useSaveCampaign } from '../api/use-save-campaign.ts';
import { briefOf, type CampaignDraft, campaignDraft } from '../campaign-draft.ts';
import { statusNames } from '../status-names.ts';

interface CampaignFormDialogProps {
  clientId: string;
  /** The campaign to edit, or null for a new one. */
  campaign: Campaign | null;
  onClose: () => void;
  onSaved?: (campaign: Campaign) => void;
}

export function CampaignFormDialog({ clientId, campaign, onClose, onSaved }: CampaignFormDialogProps) {
  const [draft, setDraft] = useState(() => campaignDraft(campaign));
  const [errors, setErrors] = useState<FieldErrors>({});
  const save = useSaveCampaign({
    onSaved: (saved) => {
      onSaved?.(saved);
      onClose();
    },
    onRefused: (error) => setErrors(errorsOfProblem(error)),
  });
  const set = (change: Partial<CampaignDraft>) => setDraft({ ...draft, ...change });

  const submit = () => {
    if (save.isPending) return;
    const { name, goal, status } = draft;
    const fields = { name, goal, status };
    const brief = briefOf(draft);
    const parsed = campaignCreateInputSchema.safeParse({ clientId, ...fields, ...(brief && { brief }) });
    setErrors(parsed.success ? {} : errorsOfSchema(parsed.error));
    if (parsed.success) save.mutate({ clientId, campaign, fields, brief });
  };

  return (
    <Dialog
      title={campaign ? 'Edit campaign' : 'New campaign'}
      {...(!campaign && { lead: 'A campaign gathers the assets of one piece of work.' })}
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
            onChange={(name) => set({ name })}
            placeholder="Winter roast"
            error={errors['name']}
            autoFocus
          />
          <TextField
            label="Goal"
            value={draft.goal}
            onChange={(goal) => set({ goal })}
            placeholder="Sell out the limited roast by Christmas"
            error={errors['goal']}
          />
          <Select
            label="Status"
            options={campaignStatuses.map((id) => ({ id, label: statusNames[id] }))}
            value={draft.status}
            onChange={(status) => set({ status })}
          />
          <h3 className="border-line border-t pt-5 font-semibold text-sm tracking-normal">Brief</h3>
          <TextField
            label="Objective"
            value={draft.objective}
            onChange={(objective) => set({ objective })}
            rows={2}
            error={errors['brief.objective']}
          />
          <TextField
            label="Target audience"
            value={draft.targetAudience}
            onChange={(targetAudience) => set({ targetAudience })}
            error={errors['brief.targetAudience']}
          />
          <TextField
            label="Key messages"
            hint="One message a line."
            value={draft.keyMessages}
            onChange={(keyMessages) => set({ keyMessages })}
            rows={3}
            error={errors['brief.keyMessages']}
          />
        </div>
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={save.isPending}>
            {campaign ? 'Save changes' : 'Create campaign'}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

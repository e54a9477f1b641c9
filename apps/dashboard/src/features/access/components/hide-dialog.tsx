import type { Asset } from '@vitrine/schema';
import { useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { Segmented } from '../../../components/ui/segmented.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { useHiding } from '../api/use-hiding.ts';
import { localMinute, momentOf } from '../local-minute.ts';

const choices = [
  { id: 'everybody', label: 'Everybody' },
  { id: 'managers', label: 'Managers' },
  { id: 'until', label: 'Managers until…' },
] as const;
type Choice = (typeof choices)[number]['id'];

const nextWeek = () => localMinute(new Date(Date.now() + 7 * 24 * 3600_000));

/** Who of a client's people sees an asset: everybody, only managers, or only managers until a moment. */
export function HideDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const { hiding, hide } = useHiding(asset.id, { onSaved: onClose });
  const now = hiding.data?.hidden ?? null;
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [minute, setMinute] = useState<string | null>(null);
  const choice = chosen ?? (now === null ? 'everybody' : now.until === null ? 'managers' : 'until');
  const shownMinute = minute ?? (now?.until ? localMinute(new Date(now.until)) : nextWeek());
  const until = momentOf(shownMinute);
  const hidden = choice === 'everybody' ? false : { until: choice === 'until' ? until : null };
  const isComplete = choice !== 'until' || until !== null;
  return (
    <Dialog
      title="Who sees it"
      lead={`“${asset.name}” stays in its place; whoever may not see it does not find it anywhere.`}
      isOpen
      onClose={onClose}
    >
      <div className="grid gap-4 px-6 pt-1 pb-6">
        <Segmented label="Who sees it" segments={choices} value={choice} onChange={setChosen} />
        {choice === 'until' && (
          <TextField
            label="Shown to everybody from"
            type="datetime-local"
            value={shownMinute}
            onChange={setMinute}
            error={isComplete ? undefined : 'Choose a day and a time.'}
          />
        )}
      </div>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isBusy={hide.isPending}
          isDisabled={!isComplete || hiding.isPending}
          onPress={() => !hide.isPending && hide.mutate({ id: asset.id, hidden })}
        >
          Save
        </Button>
      </DialogActions>
    </Dialog>
  );
}

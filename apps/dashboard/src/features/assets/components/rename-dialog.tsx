import { type Asset, assetUpdateInputSchema } from '@vitrine/schema';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfSchema, type FieldErrors } from '../../../lib/field-errors.ts';
import { useAssetMutations } from '../api/use-asset-mutations.ts';

export function RenameDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const [name, setName] = useState(asset.name);
  const [errors, setErrors] = useState<FieldErrors>({});
  const { update } = useAssetMutations();
  const submit = () => {
    if (update.isPending) return;
    const input = { id: asset.id, rowVersion: asset.rowVersion, name };
    const parsed = assetUpdateInputSchema.safeParse(input);
    setErrors(parsed.success ? {} : errorsOfSchema(parsed.error));
    if (parsed.success) update.mutate(input, { onSuccess: onClose });
  };
  return (
    <Dialog title="Rename" isOpen onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="px-6 pb-6">
          <TextField label="Name" value={name} onChange={setName} error={errors['name']} autoFocus />
        </div>
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={update.isPending}>
            Rename
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

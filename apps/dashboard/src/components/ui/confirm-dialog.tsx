import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';

interface ConfirmDialogProps {
  title: string;
  question: string;
  action: string;
  isOpen: boolean;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back here. */
export function ConfirmDialog({
  title,
  question,
  action,
  isOpen,
  isPending,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  return (
    <Dialog role="alertdialog" title={title} lead={question} isOpen={isOpen} onClose={onClose}>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="danger" onPress={() => !isPending && onConfirm()} isBusy={isPending}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

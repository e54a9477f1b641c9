import { Copy } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { fieldClass } from './field-class.ts';

interface CopyDialogProps {
  title: string;
  lead: string;
  /** What the text is called, for screen readers and the button. */
  noun: string;
  text: string;
  onClose: () => void;
}

/** Shows a text that is shown this once, to be copied. */
export function CopyDialog({ title, lead, noun, text, onClose }: CopyDialogProps) {
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast.success(`${noun} copied.`),
      () => toast.error('The browser did not allow copying. Select the text instead.'),
    );
  return (
    <Dialog title={title} lead={lead} isOpen onClose={onClose}>
      <div className="px-6 pb-6">
        <input
          aria-label={noun}
          readOnly
          value={text}
          onFocus={({ currentTarget }) => currentTarget.select()}
          className={`${fieldClass} h-10 w-full font-mono text-xs`}
        />
      </div>
      <DialogActions>
        <Button onPress={onClose}>Done</Button>
        <Button look="primary" onPress={() => void copy()}>
          <Copy size={15} aria-hidden />
          Copy {noun.toLowerCase()}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

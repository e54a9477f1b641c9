import type { OnceLink } from '@vitrine/schema';
import { Copy } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { fieldClass } from '../../../components/ui/field-class.ts';
import { formatMoment } from '../../../lib/format-moment.ts';

/** An address to hand on. It is shown this one time. */
export function OnceLinkDialog({ link, url, onClose }: { link: OnceLink; url: string; onClose: () => void }) {
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => toast.success('Link copied.'),
      () => toast.error('The browser did not allow copying. Select the text instead.'),
    );
  return (
    <Dialog
      title={`A link for ${link.email}`}
      lead={`Send it to them: it works once, until ${formatMoment(link.expiresAt)}, and is shown only now.`}
      isOpen
      onClose={onClose}
    >
      <div className="grid gap-4 px-6 pb-6">
        {link.failure !== null && (
          <p role="status" className="rounded-xl bg-danger-wash px-3.5 py-3 text-danger-ink text-sm">
            It could not be mailed: {link.failure}
          </p>
        )}
        <input
          aria-label="Link"
          readOnly
          value={url}
          onFocus={({ currentTarget }) => currentTarget.select()}
          className={`${fieldClass} h-10 w-full font-mono text-xs`}
        />
      </div>
      <DialogActions>
        <Button onPress={onClose}>Done</Button>
        <Button look="primary" onPress={() => void copy()}>
          <Copy size={15} aria-hidden />
          Copy link
        </Button>
      </DialogActions>
    </Dialog>
  );
}

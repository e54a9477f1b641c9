import type { IssuedShare } from '@vitrine/schema';
import { Copy } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { fieldClass } from '../../../components/ui/field-class.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { formatMoment } from '../../../lib/format-moment.ts';

const copy = (text: string, said: string) =>
  navigator.clipboard.writeText(text).then(
    () => toast.success(said),
    () => toast.error('The browser did not allow copying. Select the text instead.'),
  );

const lineOf = ({ recipient, url }: IssuedShare) => (recipient === null ? url : `${recipient}: ${url}`);

const leadOf = ({ expiresAt }: IssuedShare, many: boolean) =>
  `Copy ${many ? 'them' : 'it'} now: shown only here, good until ${formatMoment(expiresAt)}.`;

/** Links to hand on. They are shown this one time. */
export function IssuedLinks({ links, onClose }: { links: readonly IssuedShare[]; onClose: () => void }) {
  const [first] = links;
  const many = links.length > 1;
  return (
    <Dialog
      title={many ? `${links.length} links` : 'Your link'}
      {...(first && { lead: leadOf(first, many) })}
      isOpen
      onClose={onClose}
    >
      <ul className="grid min-h-0 gap-4 overflow-y-auto px-6 pb-6 scroll-quiet">
        {links.map((link) => (
          <li key={link.id} className="grid gap-1.5">
            {link.recipient !== null && <p className="font-medium text-sm">{link.recipient}</p>}
            <div className="flex items-center gap-2">
              <input
                aria-label={link.recipient === null ? 'Link' : `Link for ${link.recipient}`}
                readOnly
                value={link.url}
                onFocus={({ currentTarget }) => currentTarget.select()}
                className={`${fieldClass} h-10 w-full min-w-0 font-mono text-xs`}
              />
              {many && (
                <IconButton
                  label={`Copy the link for ${link.recipient}`}
                  icon={<Copy size={16} aria-hidden />}
                  onPress={() => void copy(link.url, 'Link copied.')}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button onPress={onClose}>Done</Button>
        <Button
          look="primary"
          onPress={() => void copy(links.map(lineOf).join('\n'), many ? 'Links copied.' : 'Link copied.')}
        >
          <Copy size={15} aria-hidden />
          {many ? 'Copy all' : 'Copy link'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

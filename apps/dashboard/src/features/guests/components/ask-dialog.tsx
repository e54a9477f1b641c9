import type { Campaign, IssuedUploadLink, UploadLink } from '@vitrine/schema';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { CopyDialog } from '../../../components/ui/copy-dialog.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfProblem, type FieldErrors } from '../../../lib/field-errors.ts';
import { formatMoment } from '../../../lib/format-moment.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { endOf, type Lasts, lasts } from '../../shares/share-choices.ts';
import { useUploadLinks } from '../api/use-guests.ts';
import { UploadLinkRow } from './upload-link-row.tsx';

/** Makes a link with which people without an account send files for a campaign, and shows it this one time. */
export function AskDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const [name, setName] = useState(`Files for ${campaign.name}`);
  const [message, setMessage] = useState('');
  const [password, setPassword] = useState('');
  const [lasting, setLasting] = useState<Lasts>('30');
  const [errors, setErrors] = useState<FieldErrors>({});
  const [ending, setEnding] = useState<UploadLink | null>(null);
  const [issued, setIssued] = useState<IssuedUploadLink | null>(null);
  const { list, create, revoke } = useUploadLinks(campaign.id);
  if (issued) {
    return (
      <CopyDialog
        title="Your link"
        lead={`Copy it now: shown only here, good until ${formatMoment(issued.expiresAt)}.`}
        noun="Link"
        text={issued.url}
        onClose={onClose}
      />
    );
  }

  const make = () =>
    create.mutate(
      {
        campaignId: campaign.id,
        name,
        message: message.trim() === '' ? null : message,
        expiresAt: endOf(lasting),
        ...(password !== '' && { password }),
      },
      {
        onSuccess: setIssued,
        onError: (error) => {
          const fields = errorsOfProblem(error);
          setErrors(fields);
          if (Object.keys(fields).length === 0) toast.error(sentenceOf(error));
        },
      },
    );
  const links = (list.data ?? []).filter(({ state }) => state === 'active');
  return (
    <Dialog
      title="Ask for files"
      lead="Whoever has the link sends files without an account. They wait until somebody here accepts them."
      isOpen
      onClose={onClose}
    >
      <Form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) make();
        }}
      >
        <div className="grid min-h-0 gap-5 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
          <div className="grid gap-5 sm:grid-cols-[1fr_9rem]">
            <TextField label="Name" value={name} onChange={setName} error={errors['name']} isRequired />
            <Select label="For" options={lasts} value={lasting} onChange={setLasting} />
          </div>
          <TextField
            label="Message"
            rows={2}
            value={message}
            onChange={setMessage}
            error={errors['message']}
            placeholder="What you need, and how"
          />
          <TextField
            label="Password"
            value={password}
            onChange={setPassword}
            error={errors['password']}
            autoComplete="off"
            placeholder="None"
          />
          {links.length > 0 && (
            <section>
              <h3 className="mb-2 font-semibold text-sm">Links that work</h3>
              <ul className="divide-y divide-line rounded-xl border border-line">
                {links.map((link) => (
                  <UploadLinkRow
                    key={link.id}
                    link={link}
                    isBusy={revoke.isPending}
                    onEnd={() => setEnding(link)}
                  />
                ))}
              </ul>
            </section>
          )}
        </div>
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={create.isPending}>
            Make a link
          </Button>
        </DialogActions>
      </Form>
      {ending && (
        <ConfirmDialog
          title="Revoke this link?"
          question={`Nobody can send files with “${ending.name}” any more. What came stays. This cannot be taken back; you can make a new link.`}
          action="Revoke"
          isOpen
          isPending={revoke.isPending}
          onConfirm={() => revoke.mutate({ id: ending.id }, { onSettled: () => setEnding(null) })}
          onClose={() => setEnding(null)}
        />
      )}
    </Dialog>
  );
}

import type { Campaign, CampaignBrief, CampaignStatus } from '@vitrine/schema';
import { ChevronRight, Inbox, Pencil, Share2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { useAllowed } from '../../access/api/use-allowed.ts';
import { statusNames } from '../status-names.ts';

const CampaignFormDialog = lazy(async () => ({
  default: (await import('./campaign-form-dialog.tsx')).CampaignFormDialog,
}));
const AskDialog = lazy(async () => ({
  default: (await import('../../guests/components/ask-dialog.tsx')).AskDialog,
}));
const ShareDialog = lazy(async () => ({
  default: (await import('../../shares/components/share-dialog.tsx')).ShareDialog,
}));
const badges = {
  draft: 'bg-sunken text-soft',
  active: 'bg-ok-wash text-ok-ink',
  archived: 'bg-warn-wash text-warn-ink',
} as const satisfies Record<CampaignStatus, string>;

export function CampaignHeader({ campaign }: { campaign: Campaign }) {
  const [open, setOpen] = useState<'edit' | 'share' | 'ask' | null>(null);
  const close = () => setOpen(null);
  const may = useAllowed({ kind: 'campaign', campaignId: campaign.id });
  const { name, goal, status, brief } = campaign;
  return (
    <div className="flex items-start justify-between gap-4 pt-5 pb-1">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="font-semibold text-xl">{name}</h2>
          <span className={`rounded-md px-2 font-medium text-xs leading-5 ${badges[status]}`}>
            {statusNames[status]}
          </span>
        </div>
        {goal && <p className="mt-0.5 max-w-3xl text-pretty text-soft">{goal}</p>}
        {brief && <Brief brief={brief} />}
      </div>
      <div className="flex shrink-0 gap-2">
        {may('uploadLink.write') && (
          <Button onPress={() => setOpen('ask')} aria-label="Ask for files">
            <Inbox size={15} aria-hidden />
            <span className="hidden lg:inline">Ask for files</span>
          </Button>
        )}
        {may('share.write') && (
          <Button onPress={() => setOpen('share')} aria-label="Share campaign">
            <Share2 size={15} aria-hidden />
            <span className="hidden sm:inline">Share</span>
          </Button>
        )}
        {may('campaign.update') && (
          <Button onPress={() => setOpen('edit')} aria-label="Edit campaign">
            <Pencil size={15} aria-hidden />
            <span className="hidden sm:inline">Edit campaign</span>
          </Button>
        )}
      </div>
      <Suspense>
        {open === 'edit' && (
          <CampaignFormDialog clientId={campaign.clientId} campaign={campaign} onClose={close} />
        )}
        {open === 'ask' && <AskDialog campaign={campaign} onClose={close} />}
        {open === 'share' && (
          <ShareDialog target={{ kind: 'campaign', campaignId: campaign.id }} name={name} onClose={close} />
        )}
      </Suspense>
    </div>
  );
}

function Brief({ brief: { objective, targetAudience, keyMessages } }: { brief: CampaignBrief }) {
  return (
    <details className="group mt-2">
      <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-1 rounded-md font-medium text-accent-ink text-sm">
        <ChevronRight
          size={15}
          aria-hidden
          className="transition-transform duration-150 group-open:rotate-90"
        />
        Brief
      </summary>
      <dl className="mt-2 mb-1 grid max-w-3xl gap-3 rounded-xl bg-surface p-4 text-sm shadow-card sm:grid-cols-[9rem_1fr]">
        {objective && (
          <>
            <dt className="text-faint">Objective</dt>
            <dd className="whitespace-pre-line">{objective}</dd>
          </>
        )}
        {targetAudience && (
          <>
            <dt className="text-faint">Target audience</dt>
            <dd className="whitespace-pre-line">{targetAudience}</dd>
          </>
        )}
        {keyMessages.length > 0 && (
          <>
            <dt className="text-faint">Key messages</dt>
            <dd>
              <ul className="list-disc pl-4 marker:text-faint">
                {keyMessages.map((message) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}

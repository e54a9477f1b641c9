import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Asset } from '@vitrine/schema';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useAllowed } from '../../access/api/use-allowed.ts';
import { HiddenNotice } from '../../access/components/hidden-notice.tsx';
import { VersionsSection } from '../../versions/components/versions-section.tsx';
import { assetFacts } from '../asset-facts.ts';
import { CampaignPicker } from './campaign-picker.tsx';
import { FailedRenditions } from './failed-renditions.tsx';
import { RolesEditor } from './roles-editor.tsx';
import { TagsEditor } from './tags-editor.tsx';

/** Beside the preview: where the asset belongs, how it is tagged, and what is known about it. */
export function AssetPanel({ asset }: { asset: Asset }) {
  const client = useQuery(trpc.client.get.queryOptions({ id: asset.clientId }));
  const isReadOnly = !useAllowed({ kind: 'asset', assetId: asset.id })('asset.update');
  return (
    <aside
      aria-label="Details"
      className="shrink-0 border-line border-t bg-surface lg:w-[22rem] lg:overflow-y-auto lg:border-t-0 lg:border-l lg:scroll-quiet"
    >
      <HiddenNotice assetId={asset.id} />
      <FailedRenditions asset={asset} />
      <Section title="Belongs to">
        <div className="grid gap-3">
          <div className="flex items-baseline justify-between gap-4 text-sm">
            <span className="text-soft">Client</span>
            <Link
              to="/clients/$clientId"
              params={{ clientId: asset.clientId }}
              className="truncate rounded-sm font-medium text-accent-ink underline-offset-2 hover:underline"
            >
              {client.data?.name ?? '…'}
            </Link>
          </div>
          <CampaignPicker asset={asset} isReadOnly={isReadOnly} />
        </div>
      </Section>
      <RolesEditor asset={asset} isReadOnly={isReadOnly} />
      <Section title="Tags">
        <TagsEditor asset={asset} isReadOnly={isReadOnly} />
      </Section>
      <VersionsSection asset={asset} isReadOnly={isReadOnly} />
      <Section title="Facts">
        <dl className="grid grid-cols-1 gap-2.5 text-sm">
          {assetFacts(asset).map(([label, value]) => (
            <div key={label} className="flex items-baseline justify-between gap-4">
              <dt className="shrink-0 text-soft">{label}</dt>
              <dd className="min-w-0 text-right tabular [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
          <div className="flex items-center justify-between gap-4">
            <dt className="shrink-0 text-soft">SHA-256</dt>
            <dd className="flex min-w-0 items-center gap-1">
              <code className="truncate font-mono text-xs" title={asset.sha256}>
                {asset.sha256.slice(0, 12)}…
              </code>
              <IconButton
                small
                label="Copy SHA-256"
                icon={<Copy size={14} aria-hidden />}
                onPress={() =>
                  navigator.clipboard.writeText(asset.sha256).then(
                    () => toast.success('SHA-256 copied.'),
                    () => toast.error('The browser did not allow copying.'),
                  )
                }
              />
            </dd>
          </div>
        </dl>
      </Section>
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-b px-5 py-5 last:border-b-0">
      <h2 className="mb-3 font-semibold text-sm tracking-normal">{title}</h2>
      {children}
    </section>
  );
}

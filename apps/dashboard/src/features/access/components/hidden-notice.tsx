import { EyeOff } from 'lucide-react';
import { formatMoment } from '../../../lib/format-moment.ts';
import { useHiding } from '../api/use-hiding.ts';

/** Says of a hidden asset that it is one. */
export function HiddenNotice({ assetId }: { assetId: string }) {
  const { data } = useHiding(assetId).hiding;
  if (!data?.hidden) return null;
  const { until } = data.hidden;
  return (
    <p className="flex items-start gap-2.5 border-line border-b bg-warn-wash px-5 py-3 text-sm text-warn-ink">
      <EyeOff size={16} aria-hidden className="mt-0.5 shrink-0" />
      {until === null
        ? 'Hidden: only managers see it.'
        : `Only managers see it until ${formatMoment(until)}.`}
    </p>
  );
}

import type { Asset } from '@vitrine/schema';
import { ImageOff, RotateCw } from 'lucide-react';
import { Button } from '../../../components/ui/button.tsx';
import { useRenditionMutations, useRenditions } from '../api/use-renditions.ts';

/** Says why something could not be made of the asset, and offers another try; nothing when all is well. */
export function FailedRenditions({ asset }: { asset: Pick<Asset, 'id'> }) {
  const renditions = useRenditions(asset.id);
  const { retry } = useRenditionMutations();
  const reasons = new Set(
    renditions.data?.items.flatMap(({ rendition }) =>
      rendition.state === 'failed' ? [rendition.reason] : [],
    ),
  );
  if (reasons.size === 0) return null;
  return (
    <section aria-label="Previews that failed" className="border-line border-b px-5 py-5">
      <div className="flex gap-3">
        <ImageOff size={18} aria-hidden className="mt-0.5 shrink-0 text-faint" />
        <div className="min-w-0">
          <h2 className="font-semibold text-sm tracking-normal">Not everything could be made</h2>
          {[...reasons].map((reason) => (
            <p key={reason} className="mt-1 text-pretty text-soft text-sm">
              {reason}
            </p>
          ))}
          <Button
            look="secondary"
            isBusy={retry.isPending}
            onPress={() => !retry.isPending && retry.mutate({ id: asset.id })}
            className="mt-3"
          >
            <RotateCw size={15} aria-hidden />
            Try again
          </Button>
        </div>
      </div>
    </section>
  );
}

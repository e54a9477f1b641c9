import { Building2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { useHotkey } from '../../../lib/use-hotkey.ts';
import { useGiveAssets } from '../api/use-give-assets.ts';
import type { Giving } from '../api/use-giving.ts';

const GiveDialog = lazy(async () => ({ default: (await import('./give-dialog.tsx')).GiveDialog }));

interface SelectionBarProps {
  giving: Giving;
  /** All results, or null when only the server could count them. */
  total: number | null;
}

/** How many are chosen, and what can be done with them. */
export function SelectionBar({ giving, total }: SelectionBarProps) {
  const [isAsking, setAsking] = useState(false);
  const give = useGiveAssets();
  const { chosen, shown, hasMore, isLoadingAll, chooseEverything, end } = giving;
  const everything = hasMore ? total : shown;
  useHotkey('Escape', end);
  const ask = () => {
    give.reset();
    if (chosen.length > 0) setAsking(true);
    else toast.info('Select at least one asset first.');
  };
  return (
    <section
      aria-label="Selection"
      className="fixed inset-x-3 bottom-3 z-30 mx-auto flex w-fit max-w-[calc(100%-1.5rem)] flex-wrap items-center justify-center gap-2 rounded-2xl bg-raised px-4 py-3 shadow-modal lg:left-63"
    >
      <p role="status" className="px-1 font-medium text-sm tabular">
        {countOf(chosen.length, 'asset')} selected
      </p>
      <Button look="quiet" isBusy={isLoadingAll} onPress={() => !isLoadingAll && void chooseEverything()}>
        Select all{everything !== null && ` ${everything.toLocaleString('en')}`}
      </Button>
      <Button look="quiet" onPress={end}>
        Done
      </Button>
      <Button look="primary" onPress={ask}>
        <Building2 size={16} aria-hidden />
        Give to a client…
      </Button>
      <Suspense>
        {isAsking && (
          <GiveDialog
            title={`Give ${countOf(chosen.length, 'asset')} to a client`}
            lead="From then on they are this client’s, and whoever may see its assets sees them."
            isPending={give.isPending}
            error={give.error}
            onGive={(receiver) =>
              give.mutate({ ids: chosen, ...receiver }, { onSuccess: () => setAsking(false) })
            }
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </section>
  );
}

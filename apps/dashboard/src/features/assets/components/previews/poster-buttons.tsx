import { ImagePlus, Sparkles } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '../../../../components/ui/button.tsx';
import { useRenditionMutations } from '../../api/use-renditions.ts';

interface PosterButtonsProps {
  id: string;
  /** Whether somebody has chosen a frame. */
  isChosen: boolean;
  /** Where the player is. */
  currentMs: () => number;
}

/** Makes the frame that the player shows the video's poster, or lets the server choose again. */
export function PosterButtons({ id, isChosen, currentMs }: PosterButtonsProps) {
  const { setPoster } = useRenditionMutations();
  const choose = (timeMs: number | null) => {
    if (setPoster.isPending) return;
    setPoster.mutate({ id, timeMs }, { onSuccess: () => toast.success('The poster is being made.') });
  };
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <Button look="secondary" isBusy={setPoster.isPending} onPress={() => choose(currentMs())}>
        <ImagePlus size={15} aria-hidden />
        Use this frame as poster
      </Button>
      {isChosen && (
        <Button look="quiet" onPress={() => choose(null)}>
          <Sparkles size={15} aria-hidden />
          Choose by itself
        </Button>
      )}
    </div>
  );
}

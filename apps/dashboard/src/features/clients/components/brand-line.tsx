import type { BrandGuidelines } from '@vitrine/schema';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';

function copy(color: string): void {
  navigator.clipboard.writeText(color).then(
    () => toast.success(`${color} copied.`),
    () => toast.error('The browser did not allow copying.'),
  );
}

/** A brand in one line: colours to copy, fonts, style. */
export function BrandLine({ guidelines }: { guidelines: BrandGuidelines | undefined }) {
  if (!guidelines) return null;
  const words = [...guidelines.fonts, ...guidelines.styleKeywords];
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-2 gap-y-2">
      {[...new Set(guidelines.colors)].map((color) => (
        <Button
          key={color}
          look="quiet"
          aria-label={`Copy colour ${color}`}
          onPress={() => copy(color)}
          className="h-7! gap-1.5! rounded-lg! px-2! font-mono text-xs! shadow-card"
        >
          <span
            aria-hidden
            className="size-3.5 rounded-full ring-1 ring-line"
            style={{ background: color }}
          />
          {color}
        </Button>
      ))}
      {words.map((word) => (
        <span key={word} className="rounded-lg bg-sunken px-2 text-soft text-xs leading-7">
          {word}
        </span>
      ))}
    </div>
  );
}

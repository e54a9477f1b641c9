import { Plus, X } from 'lucide-react';
import { Button } from '../../../components/ui/button.tsx';
import type { FieldErrors } from '../../../lib/field-errors.ts';
import type { DraftColor } from '../client-draft.ts';

interface ColorListFieldProps {
  colors: readonly DraftColor[];
  onChange: (colors: DraftColor[]) => void;
  errors: FieldErrors;
}

// Far enough apart to be told from one another while they are placeholders.
const starters = ['#0F4C81', '#F4B942', '#3A7D5C', '#C8553D', '#E8DCC8', '#22303C'] as const;

/** The brand's colours: each is picked or typed, `#RRGGBB`. */
export function ColorListField({ colors, onChange, errors }: ColorListFieldProps) {
  const replace = (key: number, hex: string) =>
    onChange(colors.map((color) => (color.key === key ? { key, hex } : color)));
  const add = () => {
    const key = Math.max(-1, ...colors.map((color) => color.key)) + 1;
    onChange([...colors, { key, hex: starters[key % starters.length] ?? starters[0] }]);
  };
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">Brand colours</legend>
      <ul className="flex flex-wrap gap-2">
        {colors.map(({ key, hex }, index) => (
          <li key={key} className="flex items-center rounded-[10px] bg-surface shadow-card">
            <input
              type="color"
              aria-label={`Colour ${index + 1}`}
              value={/^#[0-9a-f]{6}$/i.test(hex) ? hex.toLowerCase() : '#000000'}
              onChange={(event) => replace(key, event.target.value.toUpperCase())}
              className="color-well ml-1 size-7 rounded-md"
            />
            <input
              aria-label={`Colour ${index + 1} as a hex code`}
              value={hex}
              spellCheck={false}
              maxLength={7}
              onChange={(event) => replace(key, event.target.value)}
              className="h-9 w-20 rounded-md bg-transparent px-2 font-mono text-sm uppercase"
            />
            <Button
              look="quiet"
              size="icon-sm"
              aria-label={`Remove colour ${index + 1}`}
              onPress={() => onChange(colors.filter((color) => color.key !== key))}
              className="mr-1"
            >
              <X size={14} aria-hidden />
            </Button>
          </li>
        ))}
        <li>
          <Button onPress={add}>
            <Plus size={16} aria-hidden />
            Add colour
          </Button>
        </li>
      </ul>
      {Object.entries(errors)
        .filter(([path]) => path.startsWith('brandGuidelines.colors'))
        .slice(0, 1)
        .map(([path, message]) => (
          <p key={path} className="text-danger-ink text-xs">
            Every colour {message.toLowerCase().replace('#rrggbb', '#RRGGBB')}.
          </p>
        ))}
    </fieldset>
  );
}

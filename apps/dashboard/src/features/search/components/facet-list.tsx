import type { SearchCondition } from '@vitrine/schema';
import { Check } from 'lucide-react';

export interface FacetValue {
  readonly condition: SearchCondition;
  readonly label: string;
  readonly count: number;
  readonly isOn: boolean;
}

interface FacetListProps {
  title: string;
  /** Whether the counts are of all matches; otherwise of the newest ones. */
  isExact: boolean;
  values: readonly FacetValue[];
  onToggle: (condition: SearchCondition) => void;
}

const most = 8;

/** One way to narrow a search down: the values there are, and how many matches have each. */
export function FacetList({ title, isExact, values, onToggle }: FacetListProps) {
  const shown = values.filter(({ isOn }, index) => isOn || index < most);
  if (shown.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 px-2 font-medium text-faint text-xs">{title}</legend>
      <ul className="grid gap-px">
        {shown.map(({ condition, label, count, isOn }) => (
          <li key={label}>
            <button
              type="button"
              aria-pressed={isOn}
              onClick={() => onToggle(condition)}
              className="flex min-h-8 w-full items-center gap-2 rounded-lg px-2 text-left text-sm text-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-ink"
            >
              <span className="min-w-0 flex-1 truncate">{label}</span>
              {isOn && <Check size={14} aria-hidden className="shrink-0 text-accent" />}
              <span className="text-faint text-xs tabular">
                {count.toLocaleString('en')}
                {!isExact && '+'}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

import type { ReactNode } from 'react';

interface CheckProps {
  label: ReactNode;
  /** Quietly behind the label. */
  hint?: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}

/** A box to tick. */
export function Check({ label, hint, isChecked, onChange }: CheckProps) {
  return (
    <label className="flex min-h-7 cursor-pointer items-baseline gap-2.5 text-sm">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 shrink-0 translate-y-0.5 accent-(--accent)"
      />
      <span>
        {label}
        {hint && <span className="text-faint"> · {hint}</span>}
      </span>
    </label>
  );
}

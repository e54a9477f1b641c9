import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';

export interface Segment<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly icon?: ReactNode;
  /** A figure beside the label; not part of the button's name. */
  readonly figure?: string | undefined;
}

interface SegmentedProps<T extends string> {
  label: string;
  segments: readonly Segment<T>[];
  value: T;
  onChange: (value: T) => void;
  /** Shows icons alone, with their labels as names. */
  iconsOnly?: boolean;
}

/** Exactly one of a few choices that stay in sight. */
export function Segmented<T extends string>({
  label,
  segments,
  value,
  onChange,
  iconsOnly = false,
}: SegmentedProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find(({ id }) => keys.has(id));
        if (chosen) onChange(chosen.id);
      }}
      className="inline-flex w-max gap-0.5 rounded-[11px] bg-sunken p-[3px]"
    >
      {segments.map(({ id, label: name, icon, figure }) => (
        <ToggleButton
          key={id}
          id={id}
          aria-label={name}
          className="flex h-[30px] items-center justify-center gap-1.5 whitespace-nowrap rounded-lg px-2.5 font-medium text-soft text-sm outline-offset-1 transition-colors duration-150 hover:text-ink focus-visible:outline-2 focus-visible:outline-[var(--focus)] selected:bg-raised selected:text-ink selected:shadow-card"
        >
          {icon}
          {!iconsOnly && name}
          {figure !== undefined && (
            <span aria-hidden className="font-normal text-faint text-xs tabular">
              {figure}
            </span>
          )}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

import { Check, ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { fieldClass } from './field-class.ts';
import { optionClass, popoverClass } from './popover-class.ts';

interface Option<T extends string> {
  readonly id: T;
  readonly label: string;
  /** Shown quietly at the end of the line. */
  readonly note?: string;
}

interface SelectProps<T extends string> {
  label: string;
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
  isDisabled?: boolean;
}

/** One of a few choices. */
export function Select<T extends string>({
  label,
  labelHidden = false,
  options,
  value,
  onChange,
  isDisabled = false,
}: SelectProps<T>) {
  return (
    <AriaSelect
      {...(labelHidden && { 'aria-label': label })}
      isDisabled={isDisabled}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      className="grid min-w-0 gap-1.5"
    >
      {!labelHidden && <Label className="font-medium text-sm">{label}</Label>}
      <Button className={`${fieldClass} flex h-9 items-center gap-2 text-left`}>
        <SelectValue className="flex-1 truncate">{({ selectedText }) => selectedText ?? ''}</SelectValue>
        <ChevronDown size={15} aria-hidden className="text-faint" />
      </Button>
      <Popover offset={6} className={`${popoverClass} min-w-(--trigger-width)`}>
        <ListBox items={options} className="max-h-80 overflow-auto p-1 outline-none scroll-quiet">
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={optionClass}>
              {({ isSelected }) => (
                <>
                  <span className="flex-1 truncate">{option.label}</span>
                  {option.note && <span className="text-faint text-xs tabular">{option.note}</span>}
                  <Check size={15} aria-hidden className={isSelected ? 'text-accent-ink' : 'invisible'} />
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

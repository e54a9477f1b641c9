import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from './button.tsx';
import { fieldClass } from './field-class.ts';

interface ChipListFieldProps {
  label: string;
  /** What one entry is called, for the names of the buttons. */
  noun: string;
  placeholder: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  error?: string | undefined;
}

/** A short list of words: Enter or a comma adds one, the cross removes it. */
export function ChipListField({ label, noun, placeholder, values, onChange, error }: ChipListFieldProps) {
  const [draft, setDraft] = useState('');
  const id = useId();
  const add = () => {
    const entries = draft
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '' && !values.includes(entry));
    if (entries.length > 0) onChange([...values, ...entries]);
    setDraft('');
  };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {values.map((value) => (
            <li
              key={value}
              className="flex items-center gap-0.5 rounded-lg bg-sunken py-0.5 pr-0.5 pl-2.5 text-sm"
            >
              {value}
              <Button
                look="quiet"
                aria-label={`Remove ${noun} ${value}`}
                onPress={() => onChange(values.filter((other) => other !== value))}
                className="!size-6 !rounded-md !p-0"
              >
                <X size={13} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        <input
          id={id}
          value={draft}
          placeholder={placeholder}
          aria-invalid={error !== undefined}
          className={`${fieldClass} h-10`}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if ((event.key !== 'Enter' && event.key !== ',') || draft.trim() === '') return;
            event.preventDefault();
            add();
          }}
        />
        <Button onPress={add} aria-label={`Add ${noun}`} size="icon" className="!size-10">
          <Plus size={16} aria-hidden />
        </Button>
      </div>
      {error && <p className="text-danger-ink text-xs">{error}</p>}
    </div>
  );
}

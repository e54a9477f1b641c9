import { Search, X } from 'lucide-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField';
import { fieldClass } from './field-class.ts';

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  /** Called when typing pauses, and at once when the field is cleared. */
  onSearch: (text: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

const pauseMs = 220;

/** Searches as one types. */
export function SearchField({ label, placeholder, value, onSearch, inputRef }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address may change without this field: back, forward, "clear filters".
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = (next: string) => {
    clearTimeout(timer.current);
    if (next.trim() === sent.current) return;
    sent.current = next.trim();
    onSearch(sent.current);
  };

  return (
    <AriaSearchField
      aria-label={label}
      value={text}
      onChange={(next) => {
        setText(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => send(next), next === '' ? 0 : pauseMs);
      }}
      onSubmit={send}
      className="group relative min-w-0"
    >
      <Search
        size={16}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint"
      />
      <Input
        ref={inputRef ?? null}
        placeholder={placeholder}
        className={`${fieldClass} h-9 pr-8 pl-9 [&::-webkit-search-cancel-button]:hidden`}
      />
      <Button
        aria-label="Clear search"
        className="absolute top-1/2 right-1.5 flex size-6 -translate-y-1/2 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink group-empty:hidden"
      >
        <X size={14} aria-hidden />
      </Button>
    </AriaSearchField>
  );
}

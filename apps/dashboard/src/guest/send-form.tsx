import type { GuestPage } from '@vitrine/schema';
import { UploadCloud } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Button } from '../components/ui/button.tsx';
import { TextField } from '../components/ui/text-field.tsx';
import { countOf } from '../lib/count-of.ts';
import { formatBytes } from '../lib/format-bytes.ts';
import { formatMoment } from '../lib/format-moment.ts';
import { useTitle } from '../lib/use-title.ts';
import { SentRow } from './sent-row.tsx';
import { useSending } from './use-sending.ts';

interface SendFormProps {
  address: string;
  link: Extract<GuestPage, { state: 'open' }>;
  onArrived: () => void;
}

/** Who one is, and the files: dropped or chosen, each with what became of it. */
export function SendForm({ address, link, onArrived }: SendFormProps) {
  useTitle(`Send files to ${link.client}`);
  const [sender, setSender] = useState('');
  const [isNameless, setNameless] = useState(false);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const { files, send, again } = useSending(address, onArrived);
  const isFull = link.left.files === 0 || link.left.bytes === 0;

  function add(chosen: Iterable<File>): void {
    if (sender.trim() === '') {
      setNameless(true);
      name.current?.focus();
      return;
    }
    send(chosen, sender.trim());
  }

  return (
    <main className="mx-auto grid w-full max-w-xl gap-6 px-5 py-10 sm:py-16">
      <header>
        <p className="text-faint text-sm">
          {link.client} · {link.campaign}
        </p>
        <h1 className="text-balance font-semibold text-2xl tracking-tight">Send files</h1>
        {link.message && <p className="mt-2 whitespace-pre-line text-pretty text-soft">{link.message}</p>}
      </header>
      <TextField
        label="Your name"
        value={sender}
        onChange={(value) => {
          setSender(value);
          setNameless(false);
        }}
        error={isNameless ? 'Say who you are first, then choose your files.' : undefined}
        autoComplete="name"
        inputRef={name}
        maxLength={100}
        isRequired
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button beside it is the first. */}
      <div
        data-over={isOver || undefined}
        className="grid justify-items-center gap-3 rounded-2xl border-2 border-line-strong border-dashed bg-surface px-6 py-10 text-center transition-colors data-over:border-accent data-over:bg-accent-wash"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (!isFull) add(event.dataTransfer.files);
        }}
      >
        <UploadCloud size={30} strokeWidth={1.6} className="text-faint" aria-hidden />
        <p className="text-soft">{isFull ? 'This link takes no more files.' : 'Drop files here, or'}</p>
        <Button
          look="primary"
          size="lg"
          isDisabled={isFull}
          aria-describedby={hintId}
          onPress={() => input.current?.click()}
        >
          Choose files
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Files"
          onChange={({ target }) => {
            add(target.files ?? []);
            target.value = '';
          }}
        />
        <p id={hintId} className="text-faint text-xs">
          Up to {formatBytes(Math.min(link.maxFileBytes, link.left.bytes))} each;{' '}
          {countOf(link.left.files, 'file')} more, until {formatMoment(link.expiresAt)}.
        </p>
      </div>
      {files.length > 0 && (
        <ul aria-label="Your files" className="divide-y divide-line rounded-2xl bg-surface shadow-card">
          {files.map((one) => (
            <SentRow key={one.id} sent={one} onAgain={() => again(one, sender.trim())} />
          ))}
        </ul>
      )}
      <p className="text-pretty text-faint text-xs">
        What you send is looked at by {link.client}'s team before it is used. You cannot see or change it
        afterwards.
      </p>
    </main>
  );
}

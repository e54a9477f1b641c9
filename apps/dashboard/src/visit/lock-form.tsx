import { useMutation } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/ui/button.tsx';
import { TextField } from '../components/ui/text-field.tsx';
import { useTitle } from '../lib/use-title.ts';
import { unlock } from './ask.ts';

/** Asks for the password of a link, and says nothing else of it. */
export function LockForm({ address, onUnlocked }: { address: string; onUnlocked: () => void }) {
  useTitle('Password needed');
  const [password, setPassword] = useState('');
  const opening = useMutation({
    mutationFn: () => unlock(address, password),
    onSuccess: onUnlocked,
  });
  return (
    <main className="flex min-h-dvh items-center justify-center p-6">
      <form
        className="grid w-full max-w-sm gap-5 rounded-2xl bg-surface p-7 shadow-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '' && !opening.isPending) opening.mutate();
        }}
      >
        <div>
          <div className="mb-4 flex size-11 items-center justify-center rounded-xl bg-accent-wash text-accent-ink">
            <LockKeyhole size={20} aria-hidden />
          </div>
          <h1 className="font-semibold text-xl">This link has a password</h1>
          <p className="mt-1 text-pretty text-soft text-sm">Whoever sent you the link knows it.</p>
        </div>
        <TextField
          label="Password"
          type="password"
          autoComplete="off"
          autoFocus
          value={password}
          onChange={setPassword}
          error={opening.error?.message}
        />
        <Button type="submit" look="primary" size="lg" isBusy={opening.isPending}>
          Open
        </Button>
      </form>
    </main>
  );
}

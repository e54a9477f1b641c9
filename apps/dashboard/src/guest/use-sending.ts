import { useRef, useState } from 'react';
import { sendFile } from './send-file.ts';

/** One file of a guest's. */
export interface Sent {
  readonly id: number;
  readonly file: File;
  readonly state:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'going'; readonly share: number }
    | { readonly kind: 'arrived' }
    | { readonly kind: 'refused'; readonly reason: string };
}

/** Sends files one after the other, so that the first is there first. */
export function useSending(address: string, onArrived: () => void) {
  const [files, setFiles] = useState<readonly Sent[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const nextId = useRef(1);

  const mark = (id: number, state: Sent['state']) =>
    setFiles((all) => all.map((one) => (one.id === id ? { ...one, state } : one)));

  function enqueue({ id, file }: Sent, sender: string): void {
    queue.current = queue.current.then(async () => {
      mark(id, { kind: 'going', share: 0 });
      try {
        await sendFile({ address, file, sender, onProgress: (share) => mark(id, { kind: 'going', share }) });
        mark(id, { kind: 'arrived' });
        onArrived();
      } catch (error) {
        mark(id, { kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
      }
    });
  }

  return {
    files,
    send(chosen: Iterable<File>, sender: string): void {
      const added = [...chosen].map(
        (file): Sent => ({ id: nextId.current++, file, state: { kind: 'waiting' } }),
      );
      setFiles((all) => [...all, ...added]);
      for (const one of added) enqueue(one, sender);
    },
    again(one: Sent, sender: string): void {
      mark(one.id, { kind: 'waiting' });
      enqueue(one, sender);
    },
  };
}

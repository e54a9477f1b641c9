import { CircleCheck, RotateCw, TriangleAlert } from 'lucide-react';
import { IconButton } from '../components/ui/icon-button.tsx';
import { formatBytes } from '../lib/format-bytes.ts';
import type { Sent } from './use-sending.ts';

/** One file: how far it is, or what became of it. */
export function SentRow({ sent: { file, state }, onAgain }: { sent: Sent; onAgain: () => void }) {
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{file.name}</p>
        <p className="text-faint text-xs tabular" role="status">
          {formatBytes(file.size)} · <Words state={state} />
        </p>
        {state.kind === 'going' && (
          <progress
            aria-label={`Sending ${file.name}`}
            value={state.share}
            max={1}
            className="mt-1.5 block h-1 w-full accent-(--accent)"
          />
        )}
      </div>
      {state.kind === 'arrived' && <CircleCheck size={20} className="text-ok-ink" aria-hidden />}
      {state.kind === 'refused' && (
        <>
          <TriangleAlert size={18} className="shrink-0 text-danger-ink" aria-hidden />
          <IconButton
            label={`Try ${file.name} again`}
            icon={<RotateCw size={16} aria-hidden />}
            onPress={onAgain}
          />
        </>
      )}
    </li>
  );
}

function Words({ state }: { state: Sent['state'] }) {
  switch (state.kind) {
    case 'waiting':
      return 'Waiting';
    case 'going':
      return state.share < 1 ? `${Math.round(state.share * 100)} %` : 'Being checked';
    case 'arrived':
      return 'Arrived';
    case 'refused':
      return <span className="text-danger-ink">{state.reason}</span>;
    default:
      return state satisfies never;
  }
}

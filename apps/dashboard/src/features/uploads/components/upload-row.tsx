import { Link } from '@tanstack/react-router';
import { formatOfFileName, type IngestOutcome } from '@vitrine/schema';
import { CircleAlert, CircleCheck, CopyPlus, File as FileIcon, RotateCw, X } from 'lucide-react';
import { memo } from 'react';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { formatBytes } from '../../../lib/format-bytes.ts';
import { kindIcons } from '../../assets/kind-icons.ts';
import { isOver, type Upload } from '../upload-queue.ts';
import type { UploadStore } from '../upload-store.ts';

function stored(outcome: IngestOutcome, { name, assetId }: Upload['target']): string {
  switch (outcome) {
    case 'created':
      return `In ${name}`;
    case 'deduplicated':
      return assetId ? `${name} has these very bytes` : `Already in ${name}`;
    case 'new_version':
      return `New version of ${name}`;
    case 'restored':
      return assetId ? `Earlier bytes of ${name}, as a new version` : `Back from the trash, in ${name}`;
    default:
      return outcome satisfies never;
  }
}

/** How one upload stands, in words. */
function status({ state, size, target }: Upload): string {
  switch (state.kind) {
    case 'waiting':
      return `Waiting · ${formatBytes(size)}`;
    case 'sending':
      return `${formatBytes(state.sent)} of ${formatBytes(size)}`;
    case 'checking':
      return 'Checking…';
    case 'done':
      return stored(state.outcome, target);
    case 'refused':
      return state.reason;
    case 'cancelled':
      return 'Cancelled';
    default:
      return state satisfies never;
  }
}

export const UploadRow = memo(function UploadRow({ upload, store }: { upload: Upload; store: UploadStore }) {
  const { id, fileName, size, state } = upload;
  const known = formatOfFileName(fileName);
  const Icon = known ? kindIcons[known.type] : FileIcon;
  const isRefused = state.kind === 'refused';
  return (
    <li className="px-4 py-2" data-upload={state.kind}>
      <div className="flex items-start gap-3">
        <span
          data-kind={known?.type}
          className="mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-lg bg-(--kind-wash,var(--sunken)) text-(--kind,var(--faint))"
        >
          <Icon size={16} aria-hidden />
        </span>
        <div className="min-w-0 flex-1">
          {state.kind === 'done' ? (
            <Link
              to="/assets/$assetId"
              params={{ assetId: state.assetId }}
              className="block truncate font-medium text-sm underline-offset-2 hover:underline"
            >
              {fileName}
            </Link>
          ) : (
            <div className="truncate font-medium text-sm">{fileName}</div>
          )}
          <div
            className={`text-xs tabular ${isRefused ? 'text-pretty text-danger-ink' : 'truncate text-faint'}`}
          >
            {status(upload)}
          </div>
        </div>
        <div className="flex h-8 items-center">
          {state.kind === 'done' && state.outcome === 'deduplicated' && !upload.target.assetId && (
            <IconButton
              small
              label={`Keep both: ${fileName} as an asset of its own`}
              icon={<CopyPlus size={15} aria-hidden />}
              onPress={() => store.keepBoth(id)}
            />
          )}
          {state.kind === 'done' && (
            <CircleCheck size={18} aria-label="Uploaded" className="mr-1.5 text-ok-ink" />
          )}
          {isRefused && <CircleAlert size={18} aria-label="Refused" className="mr-0.5 text-danger-ink" />}
          {(isRefused || state.kind === 'cancelled') && (
            <IconButton
              small
              label={`Try ${fileName} again`}
              icon={<RotateCw size={15} aria-hidden />}
              onPress={() => store.retry(id)}
            />
          )}
          {!isOver(upload) && (
            <IconButton
              small
              label={`Cancel ${fileName}`}
              icon={<X size={15} aria-hidden />}
              onPress={() => store.cancel(id)}
            />
          )}
        </div>
      </div>
      {(state.kind === 'sending' || state.kind === 'checking') && (
        <div className="mt-1.5 ml-11 h-1 overflow-hidden rounded-full bg-sunken">
          <div
            className={`h-full rounded-full bg-accent transition-[width] duration-200 ${state.kind === 'checking' ? 'animate-sheen' : ''}`}
            style={{ width: `${state.kind === 'checking' ? 100 : (state.sent / Math.max(1, size)) * 100}%` }}
          />
        </div>
      )}
    </li>
  );
});
